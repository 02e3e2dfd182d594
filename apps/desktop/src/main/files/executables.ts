/** Recognises files that would run rather than show something: by name, by mode, by first bytes. Pure. */
import { isDangerousName } from './dangerous-types.ts';

const anyoneMayExecute = 0o111;

/** ELF, Windows, a script's `#!`, and Mach-O in both byte orders and fat; a shortcut and a help file of Windows. */
const signatures = [
  '7f454c46',
  '4d5a',
  '2321',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
  '4c00000001140200',
  '49545346',
];

export interface FileProbe {
  readonly name: string;
  /** As `stat` gives it. */
  readonly mode: number;
  /** The first bytes, eight at least where there are as many. */
  readonly head: Uint8Array;
}

export function canRun({ name, mode, head }: FileProbe): boolean {
  if (isDangerousName(name)) return true;
  if ((mode & anyoneMayExecute) !== 0) return true;
  // A script may begin with a mark of its encoding, which shells and browsers skip.
  const start = Buffer.from(head)
    .toString('hex')
    .replace(/^efbbbf/, '');
  return signatures.some((signature) => start.startsWith(signature));
}
