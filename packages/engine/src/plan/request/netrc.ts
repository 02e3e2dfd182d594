/** Reads a .netrc: which user name and password belong to which host. */

export interface NetrcLogin {
  readonly username: string;
  readonly password: string;
}

/**
 * The login of the first `machine` of that name, else of `default`; null when there is neither or no login in it.
 * Words may be quoted, as curl writes them; a macro lasts to the next empty line; `#` begins a comment line.
 * @param host without a port; compared without case
 */
export function findNetrcLogin(text: string, host: string): NetrcLogin | null {
  const words = wordsOf(text);
  let current: { matches: boolean; login: string | null; password: string } | null = null;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === 'machine' || word === 'default') {
      const found = loginOf(current);
      if (found !== null) return found;
      if (word === 'machine') index += 1;
      const matches = word === 'default' || words[index]?.toLowerCase() === host.toLowerCase();
      current = { matches, login: null, password: '' };
    } else if (word === 'login' || word === 'password' || word === 'account') {
      index += 1;
      if (current !== null && word === 'login') current.login = words[index] ?? null;
      if (current !== null && word === 'password') current.password = words[index] ?? '';
    }
  }
  return loginOf(current);
}

function loginOf(entry: { matches: boolean; login: string | null; password: string } | null): NetrcLogin | null {
  if (entry === null || !entry.matches || entry.login === null) return null;
  return { username: entry.login, password: entry.password };
}

function wordsOf(text: string): string[] {
  const withoutMacros = text.replace(/\r/g, '').replace(/^[ \t]*macdef\b.*\n(?:.*\S.*\n?)*/gm, '');
  const withoutComments = withoutMacros.replace(/^[ \t]*#.*$/gm, '');
  const found = withoutComments.match(/"(?:[^"\\\n]|\\.)*"|\S+/g) ?? [];
  return found.map((word) => (/^".*"$/.test(word) ? word.slice(1, -1).replace(/\\(.)/g, unescapeChar) : word));
}

function unescapeChar(_whole: string, char: string): string {
  return { n: '\n', r: '\r', t: '\t' }[char] ?? char;
}
