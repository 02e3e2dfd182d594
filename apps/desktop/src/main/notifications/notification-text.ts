/** Makes the text of a notification of texts that servers chose: no markup, no flood of lines, no end out of sight. Pure. */

const longestTitle = 120;
const longestBody = 500;
const mostLines = 5;
/** Also what turns the order of the words that follow it. */
const invisible = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu;

export function notificationTitle(text: string): string {
  return cut(text.replaceAll(invisible, '').replaceAll('\n', ' '), longestTitle);
}

/**
 * Linux' notification servers read the body as markup (Desktop Notifications Specification, "Markup"): a file name
 * could show a link, or lose the part behind a `<`. The title is plain text there, and both are elsewhere.
 */
export function notificationBody(text: string, platform: NodeJS.Platform): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll(invisible, '').split('\n');
  const kept = lines.slice(0, mostLines).join('\n');
  // Cut before it is escaped, so that no escape is cut.
  const plain = cut(kept, longestBody);
  return platform === 'linux' ? escapeMarkup(plain) : plain;
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Never inside a code point. */
function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}
