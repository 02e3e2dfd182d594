/** What a terminal can show: colours or none, block characters or plain ones. */
export interface Style {
  readonly colour: boolean;
  /** False where the locale says that only ASCII arrives whole. */
  readonly unicode: boolean;
}

export type Tint = 'green' | 'red' | 'yellow' | 'dim' | 'bold';

const codes: Readonly<Record<Tint, readonly [on: number, off: number]>> = {
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export function tint(text: string, colour: Tint, style: Style): string {
  if (!style.colour || text === '') return text;
  const [on, off] = codes[colour];
  return `\u001B[${on}m${text}\u001B[${off}m`;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Colours unless `NO_COLOR` holds anything (no-color.org) or the terminal is dumb; block characters where the locale
 * is UTF-8 or the system always is.
 */
export function styleFor(environment: Environment, platform: string): Style {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return {
    colour: !environment['NO_COLOR'] && environment['TERM'] !== 'dumb',
    unicode: platform === 'win32' || platform === 'darwin' || /utf-?8/i.test(locale),
  };
}
