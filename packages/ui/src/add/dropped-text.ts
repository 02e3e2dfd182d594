/** Reads what was dropped: a link, a piece of text, or files that hold links. */
import { largestFileBytes } from '@sluice/formats';

const textFile =
  /\.(?:txt|text|list|urls?|csv|tsv|md|x?html?|json|har|m3u8?|webloc|desktop|metalink|meta4|ef2|session|aria2|input)$/iu;

export function mayHoldLinks(types: readonly string[]): boolean {
  return types.some((type) => type === 'Files' || type === 'text/uri-list' || type === 'text/plain');
}

export function droppedText(data: Pick<DataTransfer, 'getData'>): string {
  const links = uriList(data.getData('text/uri-list'));
  // Browsers give a dragged link as both; the list is the exact one.
  return links === '' ? data.getData('text/plain') : links;
}

export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Those that may hold links. */
export function readDropped(files: readonly File[]): Promise<readonly DroppedFile[]> {
  const wanted = files.filter(isTextFile);
  return Promise.all(
    wanted.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
}

function isTextFile(file: File): boolean {
  return file.size <= largestFileBytes && (file.type.startsWith('text/') || textFile.test(file.name));
}

/** Comment lines begin with a number sign (RFC 2483, section 5); dropped files come as file: links. */
function uriList(text: string): string {
  return text
    .split(/\r?\n/u)
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('file:'))
    .join('\n');
}
