/** Recognises files that would run rather than show something, on any system: by name, by mode, by first bytes. Pure. */

const extensions = new Set(
  [
    'exe msi msix appx appinstaller bat cmd com scr pif cpl msc ps1 vbs vbe js jse wsf wsh hta lnk url reg inf gadget scf',
    'app pkg dmg command tool workflow scpt terminal action',
    'sh bash zsh fish csh ksh run bin appimage desktop deb rpm snap flatpak flatpakref py pl rb',
    'jar jnlp iso img vhd vhdx apk xpi crx',
  ].flatMap((line) => line.split(' ')),
);

const anyoneMayExecute = 0o111;

/** ELF, Windows, a script's `#!`, and Mach-O in both byte orders and fat. */
const signatures = ['7f454c46', '4d5a', '2321', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];

export interface FileLook {
  readonly name: string;
  /** As `stat` gives it. */
  readonly mode: number;
  /** The first bytes, four at least where there are as many. */
  readonly head: Uint8Array;
}

export function canRun({ name, mode, head }: FileLook): boolean {
  const extension = /\.([^.]+)$/.exec(name.toLowerCase().replace(/[. ]+$/, ''))?.[1] ?? '';
  if (extensions.has(extension)) return true;
  if ((mode & anyoneMayExecute) !== 0) return true;
  const start = Buffer.from(head).toString('hex');
  return signatures.some((signature) => start.startsWith(signature));
}
