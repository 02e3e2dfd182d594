/** Reads the text in what was dropped: a link, a piece of text, or text files. */

/** A list of links is small; something larger is a file that was not meant. */
const largestFileBytes = 16 * 1024 * 1024;
const textFile = /\.(?:txt|text|list|urls?|csv|md|html?|json|m3u8?|webloc|desktop)$/iu;

export function mayHoldLinks(types: readonly string[]): boolean {
  return types.some((type) => type === 'Files' || type === 'text/uri-list' || type === 'text/plain');
}

/** What a DataTransfer holds is gone once its event is over, so it is all taken before the first await. */
export async function droppedText(data: Pick<DataTransfer, 'getData' | 'files'>): Promise<string> {
  const links = uriList(data.getData('text/uri-list'));
  const plain = data.getData('text/plain');
  const files = [...data.files].filter(isTextFile);
  const contents = await Promise.all(files.map((file) => file.text()));
  // Browsers give a dragged link as both; the list is the exact one.
  return [links === '' ? plain : links, ...contents].filter((text) => text !== '').join('\n');
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
