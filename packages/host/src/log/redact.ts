/** Takes secrets out of text before it is logged: user names and passwords, credentials, cookies, query values. */

import { findMistypedLogin, withoutLogin } from '@sluice/engine';

const hidden = '***';

/** Their whole line is the secret: credentials with spaces, cookies with semicolons. */
const lineFields = 'authorization|cookie';

const valueFields = 'api[-_]?key|auth[-_]?token|passw(?:or)?d|secret|token';

/** `Name: value`, as in header dumps, or a quoted value up to its quote, as in JSON. */
const linePattern = fieldPattern(`(?:set-)?(?:${lineFields})`, String.raw`[:=]`, String.raw`[^\r\n"']+`);
const headerPattern = fieldPattern(`(?:${valueFields})`, ':', String.raw`[^\r\n"',}]+`);
const assignmentPattern = fieldPattern(`(?:${valueFields})`, '=', String.raw`[^\s"'&;]+`);

function fieldPattern(names: string, separator: string, unquoted: string): RegExp {
  const quoted = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
  return new RegExp(
    String.raw`(?<![\w-])((?:[\w-]*[-_])?${names})(["']?\s*${separator}\s*)(?:${quoted}|${unquoted})`,
    'giu',
  );
}

/** A credential named by its scheme, wherever it stands. */
const schemePattern = /\b(Bearer|Basic|Digest|Negotiate|NTLM)\s+[\w+/=.~,:"-][^\r\n]*/giu;

/** Of a longer scheme the end is enough; without a bound, each letter of a long word would read the rest of it. */
const linkPattern = /[a-z][a-z0-9+.-]{0,30}:[/\\]{2}[^\s"'<>`]*/giu;

/** Links without a scheme still show their query. */
const bareQueryPattern = /\?(?=[^\s?]*=)[^\s"'<>`]+/gu;

/**
 * Idempotent, and safe on text that holds no secrets. Every query value goes, not only the ones with telling
 * names: signed links hide their signatures under many names, and a log needs none of them.
 */
export function redact(text: string): string {
  return text
    .replaceAll(linkPattern, redactLink)
    .replaceAll(bareQueryPattern, (query) => `?${redactQuery(query.slice(1))}`)
    .replaceAll(linePattern, hideValue)
    .replaceAll(headerPattern, hideValue)
    .replaceAll(assignmentPattern, hideValue)
    .replaceAll(schemePattern, (_match, scheme: string) => `${scheme} ${hidden}`);
}

/** Whether a log field's name alone says that its value is a secret. */
export function isSecretField(name: string): boolean {
  return new RegExp(`(?:^|[-_])(?:${lineFields}|${valueFields})$`, 'iu').test(name);
}

function hideValue(_match: string, name: string, separator: string): string {
  return `${name}${separator}${hidden}`;
}

function redactLink(link: string): string {
  if (link.includes('@') && (findMistypedLogin(link) !== null || !URL.canParse(link)))
    return redact(withoutLogin(link));
  const schemeEnd = link.search(/:[/\\]{2}/u) + 3;
  const authorityEnd = indexOrEnd(link, /[/\\?#]/u, schemeEnd);
  const authority = link.slice(schemeEnd, authorityEnd);
  const afterUser = authority.lastIndexOf('@') + 1;
  const user = afterUser === 0 ? '' : `${hidden}@`;
  const rest = link.slice(authorityEnd);
  return link.slice(0, schemeEnd) + user + authority.slice(afterUser) + redactTail(rest);
}

/** Path, query and fragment; only the path is kept as it is. */
function redactTail(tail: string): string {
  const queryStart = indexOrEnd(tail, /[?#]/u, 0);
  const fragmentStart = indexOrEnd(tail, /#/u, queryStart);
  const query = tail.slice(queryStart + 1, fragmentStart);
  return (
    tail.slice(0, queryStart) +
    (tail[queryStart] === '?' ? `?${redactQuery(query)}` : '') +
    (fragmentStart < tail.length ? `#${hidden}` : '')
  );
}

/** Names stay, values go; a part without `=` may be a token itself. */
function redactQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals > 0 && equals <= 40 ? `${part.slice(0, equals)}=${hidden}` : hidden;
    })
    .join('&');
}

function indexOrEnd(text: string, pattern: RegExp, from: number): number {
  const found = text.slice(from).search(pattern);
  return found === -1 ? text.length : from + found;
}
