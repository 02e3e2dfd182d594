/** Reads the texts in which sites publish checksums: SHA256SUMS and its kin, and `NAME.sha256` for one file. */
import { type Checksum, type ChecksumAlgorithm, checksumAlgorithms, digestOf } from '@sluice/contract';

/** No list of checksums has longer lines; a page or a binary file has. */
const longestLine = 8192;

const anyText = { algorithm: null, about: 'file' } as const;

interface Line {
  readonly checksum: Checksum;
  /** With its path, as written; null when the line names no file. */
  readonly name: string | null;
}

/**
 * The strongest checksum of one file in a text of `<hex>  name`, `<hex> *name` (binary), `\<hex>  escaped name`
 * (GNU), or `SHA256 (name) = <hex>` (BSD) lines, or in one that holds nothing but a checksum. A name may have a path
 * before it. Null when the file is not there, or when the text contradicts itself about it.
 * @param from `algorithm`: of the checksums in a text whose own name says so, others in it are passed over; `about`: a
 *   checksum without a name is this file's where the text is about the file alone, and in a folder's list anybody's
 */
export function checksumInList(
  text: string,
  fileName: string,
  from: { readonly algorithm: ChecksumAlgorithm | null; readonly about: 'file' | 'folder' } = anyText,
): Checksum | null {
  const { algorithm, about } = from;
  const all: Line[] = [];
  for (const raw of text.replace(/^\u{feff}/u, '').split(/[\r\n]+/)) {
    const line = raw.length > longestLine ? null : (gnuLine(raw) ?? bsdLine(raw));
    if (line !== null && (algorithm === null || line.checksum.algorithm === algorithm)) all.push(line);
  }
  const [only] = all;
  if (about === 'file' && all.length === 1 && only?.name === null) return only.checksum;
  // A name that was given without a path is meant before those in other folders.
  const here = all.filter(({ name }) => name?.replace(/^(?:\.[/\\])+/, '') === fileName);
  const named = here.length > 0 ? here : all.filter(({ name }) => name !== null && lastSegment(name) === fileName);
  for (const one of checksumAlgorithms) {
    const [first, ...others] = named.flatMap(({ checksum }) => (checksum.algorithm === one ? [checksum.hex] : []));
    if (first === undefined) continue;
    return others.every((hex) => hex === first) ? { algorithm: one, hex: first } : null;
  }
  return null;
}

function gnuLine(raw: string): Line | null {
  const match = /^(\\?)([0-9a-f]{32,128})(?:[ \t]+\*?(\S.*))?$/i.exec(raw.trim());
  const checksum = digestOf(null, match?.[2] ?? '');
  if (checksum === null) return null;
  const name = match?.[3] ?? null;
  // `-` is what was read from a pipe.
  if (name === null || name === '-') return { checksum, name: null };
  return { checksum, name: match?.[1] === '' ? name : unescapeName(name) };
}

function bsdLine(raw: string): Line | null {
  const match = /^([a-z0-9-]{3,12}) ?\((.+)\) ?= ?([0-9a-f]{32,128})$/i.exec(raw.trim());
  const checksum = digestOf(match?.[1] ?? '', match?.[3] ?? '');
  return checksum === null ? null : { checksum, name: match?.[2] ?? '' };
}

/** GNU writes a backslash, a line feed and a carriage return in a name as `\\`, `\n` and `\r`. */
function unescapeName(name: string): string {
  return name.replace(/\\([\\nr])/g, (_, char: string) => (char === 'n' ? '\n' : char === 'r' ? '\r' : '\\'));
}

function lastSegment(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}
