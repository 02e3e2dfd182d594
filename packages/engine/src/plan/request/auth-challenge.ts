/** Reads WWW-Authenticate: which ways a server offers to prove who is asking (RFC 9110 section 11.6.1). */

export interface AuthChallenge {
  /** Lower-case. */
  readonly scheme: string;
  /** Names lower-case; empty for a challenge with a token instead of parameters. */
  readonly parameters: ReadonlyMap<string, string>;
}

const token = String.raw`[!#$%&'*+.^_\`|~\w-]+`;
const piece = new RegExp(
  String.raw`[\s,]*(?:(${token})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|(${token}))(?=[ \t]*(?:,|$))|(${token})(?:[ \t]+(?=[^\s,])|(?=[ \t]*(?:,|$))))`,
  'y',
);
const token68 = /[\w.~+/-]+=*(?=[ \t]*(?:,|$))/y;

/** One field may hold several challenges and each several parameters, all parted by commas. What cannot be read ends the list. */
export function parseChallenges(values: readonly string[]): AuthChallenge[] {
  return values.flatMap(parseField);
}

function parseField(value: string): AuthChallenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  while (at < value.length) {
    piece.lastIndex = at;
    const match = piece.exec(value);
    if (match === null) break;
    at = piece.lastIndex;
    const [, name, quoted, plain, scheme] = match;
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
      at = passToken68(value, at);
    } else if (name !== undefined) {
      challenges.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    }
  }
  return challenges;
}

function passToken68(value: string, at: number): number {
  piece.lastIndex = at;
  if (piece.exec(value)?.[1] !== undefined) return at;
  token68.lastIndex = at;
  return token68.test(value) && /\S/.test(value[at] ?? ' ') && value[at - 1] === ' ' ? token68.lastIndex : at;
}
