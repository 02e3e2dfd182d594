/**
 * Spells out the links that a pattern stands for, as curl writes them: `[1-9]`, `[001-100]`, `[a-z]`, `[0-100:10]`
 * and `{one,two}`. Anything else in brackets is part of the link, above all the address in `http://[::1]/`.
 */

export interface ExpandedLink {
  readonly url: string;
  /** What the first pattern stood for in this link, the second, and so on: `#1`, `#2` in a name. */
  readonly chosen: readonly string[];
}

export type PatternRead =
  | { readonly kind: 'links'; readonly links: readonly ExpandedLink[] }
  /** A range that runs backwards, mixes cases or has no step. */
  | { readonly kind: 'bad-range'; readonly range: string }
  | { readonly kind: 'too-many' };

/** What one command takes, and what the contract takes in one call. */
export const mostLinks = 100_000;

const pattern =
  /\\(?<literal>[[\]{}\\])|\[(?<range>(?<first>\d+|[a-zA-Z])-(?<last>\d+|[a-zA-Z])(?::(?<step>\d+))?)\]|\{(?<set>[^{}]*,[^{}]*)\}/g;

/** The last pattern turns fastest. A backslash before a bracket keeps it as it is. */
export function expandPattern(text: string): PatternRead {
  let links: ExpandedLink[] = [{ url: '', chosen: [] }];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    const { literal, range, set } = match.groups ?? {};
    const before = text.slice(at, match.index);
    at = match.index + match[0].length;
    if (literal !== undefined) {
      links = links.map((link) => ({ ...link, url: link.url + before + literal }));
      continue;
    }
    const values = set === undefined ? rangeValues(match.groups ?? {}) : set.split(',');
    if (values === null) return { kind: 'bad-range', range: `[${range ?? ''}]` };
    if (values === 'too-many' || values.length * links.length > mostLinks) return { kind: 'too-many' };
    links = links.flatMap(({ url, chosen }) =>
      values.map((value) => ({ url: url + before + value, chosen: [...chosen, value] })),
    );
  }
  const rest = text.slice(at);
  return { kind: 'links', links: links.map((link) => ({ ...link, url: link.url + rest })) };
}

/** `#1` becomes what the first pattern stood for; a number without a pattern stays as it is. */
export function fillName(name: string, chosen: readonly string[]): string {
  return name.replaceAll(/#(\d{1,3})/g, (whole, digits: string) => chosen[Number(digits) - 1] ?? whole);
}

function rangeValues(groups: Readonly<Record<string, string | undefined>>): readonly string[] | 'too-many' | null {
  const { first = '', last = '', step: stepText = '1' } = groups;
  const step = Number(stepText);
  const areDigits = isDigits(first);
  if (step === 0 || areDigits !== isDigits(last) || (!areDigits && isUpper(first) !== isUpper(last))) return null;
  const from = areDigits ? Number(first) : first.charCodeAt(0);
  const to = areDigits ? Number(last) : last.charCodeAt(0);
  if (from > to || !Number.isSafeInteger(to)) return null;
  const count = Math.floor((to - from) / step) + 1;
  if (count > mostLinks) return 'too-many';
  // A first number with zeros in front says how wide all of them are.
  const width = first.startsWith('0') ? first.length : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = from + index * step;
    return areDigits ? String(value).padStart(width, '0') : String.fromCharCode(value);
  });
}

function isDigits(text: string): boolean {
  return /^\d/.test(text);
}

function isUpper(letter: string): boolean {
  return letter === letter.toUpperCase();
}
