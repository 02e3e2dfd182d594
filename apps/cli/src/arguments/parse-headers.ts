/** Reads request headers given as `Name: value`. */

export type HeadersRead =
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'usage-error'; readonly text: string };

/** A field name is a token; a value holds no line break and no NUL (RFC 9110, 5.1 and 5.5). */
const line = /^([!#$%&'*+.^_`|~\w-]+)[ \t]*:[ \t]*([^\r\n\0]*)$/;

/** A name given twice becomes one list (RFC 9110, 5.3); cookies are joined as cookies are (RFC 6265, 5.4). */
export function parseHeaders(lines: readonly string[]): HeadersRead {
  const headers = new Map<string, { name: string; value: string }>();
  for (const text of lines) {
    const match = line.exec(text);
    if (match === null) return { kind: 'usage-error', text };
    const [, name = '', value = ''] = match;
    const key = name.toLowerCase();
    const before = headers.get(key);
    const joiner = key === 'cookie' ? '; ' : ', ';
    headers.set(
      key,
      before === undefined
        ? { name, value: value.trim() }
        : { ...before, value: `${before.value}${joiner}${value.trim()}` },
    );
  }
  return {
    kind: 'headers',
    headers: Object.fromEntries([...headers.values()].map(({ name, value }) => [name, value])),
  };
}
