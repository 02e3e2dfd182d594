/** Makes any text safe as a file name: the last step on every path by which a name can arrive. */
import { trimEndWhere } from '../ranges/trim.ts';
import { journalSuffix, keptFileName, partialSuffix, splitExtension } from './file-names.ts';

export type Platform = 'linux' | 'darwin' | 'win32';

/** What a download is called when nothing else is left. */
export const fallbackName = 'download';

/** ext4, btrfs, xfs: 255 bytes of UTF-8; NTFS and APFS: 255 UTF-16 units, which are never more than the bytes. */
const maxNameBytes = 255;
/** Kept free for what may be added later: the longer of our suffixes, ` (99)`, and on Windows the origin's mark. */
const reservedBytes: Readonly<Record<Platform, number>> = {
  linux: journalSuffix.length + ' (99)'.length,
  darwin: journalSuffix.length + ' (99)'.length,
  win32: journalSuffix.length + ' (99)'.length + ':Zone.Identifier'.length,
};
/** Longer endings are no extensions worth saving when a name is cut. */
const maxExtensionBytes = 32;

/**
 * What is drawn as nothing: bidirectional controls, zero-width chars, byte order marks, tags, and the rest of what
 * Unicode calls ignorable. Names must look as they are. A variation selector stays behind what it varies, an emoji or
 * an ideograph, once.
 */
const invisible =
  /(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}|(?<![\p{Extended_Pictographic}\p{Ideographic}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]|[\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;
/** Nothing but dots and what is drawn as nothing: spaces, fillers of Hangul, the blank of Braille. */
const seemsEmpty = /^[\s.\u115f\u1160\u2800\u3164\uffa0]*$/;
const blankControls = /[\t\n\v\f\r\u0085\u2028\u2029]/g;
/** C0, DEL and C1. */
const controls = /\p{Cc}/gu;
const separators = /[/\\]/g;
const forbidden: Readonly<Record<Platform, RegExp | null>> = {
  linux: null,
  // Finder shows a colon as a slash and older interfaces read it as one.
  darwin: /:/g,
  win32: /[<>:"|?*]/g,
};

/**
 * Names that Windows gives to devices, or gave (`CLOCK$`, and the 0 that its documentation lists and newer versions
 * free), whatever follows the first dot; superscript digits count as digits.
 */
const device = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:[.:]|$)/i;
const plainName = /^\w[\w.-]*$/;
/** With room for everything that {@link reservedBytes} keeps free. */
const plainLength = 200;
/** Files that a desktop acts upon when it merely shows them, and our own: none may come from outside. */
const actedUpon =
  /\.(?:lnk|local|scf|url|desktop|library-ms|searchconnector-ms|search-ms|theme|\{[0-9a-f-]+\})$|^(?:desktop\.ini|thumbs\.db|autorun\.inf)$/i;

/**
 * A name that is safe on `platform` and keeps as much of `name` as can be: one direct child of whatever folder,
 * well-formed, visible as it is, and short enough for the partial, the journal and a number to be added.
 * Idempotent.
 */
export function sanitizeFileName(name: string, platform: Platform): string {
  if (isSafe(name, platform)) return name;
  let safe = pass(name, platform);
  // Cutting or dropping may uncover what an earlier step looks for; each pass shortens, so this ends.
  for (let next = pass(safe, platform); next !== safe; next = pass(safe, platform)) safe = next;
  return safe;
}

/** Most names: short, of characters that are safe on every system, and reserved on none. */
function isSafe(name: string, platform: Platform): boolean {
  return name.length <= plainLength && plainName.test(name) && platform !== 'win32' && neutralise(name) === name;
}

function pass(name: string, platform: Platform): string {
  const plain = replaceChars(name, platform);
  const trimmed = trimEnds(plain, platform);
  const named = trimmed === '' ? fallbackName : trimmed;
  const free = platform === 'win32' && device.test(named) ? `_${named}` : named;
  return shorten(neutralise(free), platform);
}

function replaceChars(name: string, platform: Platform): string {
  const visible = name
    .toWellFormed()
    .replace(invisible, '')
    .replace(blankControls, ' ')
    .replace(controls, '_')
    .replace(separators, '_');
  const rule = forbidden[platform];
  return rule === null ? visible : visible.replace(rule, '_');
}

/** A leading dot would hide the file, or be the folder itself; Windows drops dots and spaces at the end. */
function trimEnds(name: string, platform: Platform): string {
  const bare = platform === 'win32' ? trimEndWhere(name.trim(), isDotOrBlank) : name.trim();
  if (seemsEmpty.test(bare)) return '';
  return bare.replace(/^[\s.]+/, '_');
}

function isDotOrBlank(char: string): boolean {
  return char === '.' || /\s/.test(char);
}

function neutralise(name: string): string {
  // Where the disk does not tell upper case from lower, it is the same file.
  const plain = name.toLowerCase();
  const own = plain.endsWith(partialSuffix) || plain.endsWith(journalSuffix) || keptFileName(plain) !== null;
  return own || actedUpon.test(name) ? `${name}.${fallbackName}` : name;
}

/** Cuts the stem and keeps the extension; never inside a code point. */
function shorten(name: string, platform: Platform): string {
  const room = maxNameBytes - reservedBytes[platform];
  if (utf8Length(name) <= room) return name;
  const [stem, extension] = splitExtension(name);
  const kept = utf8Length(extension) <= maxExtensionBytes ? extension : '';
  const cut = cutToBytes(kept === '' ? name : stem, room - utf8Length(kept));
  return trimEnds(cut + kept, platform);
}

/** The longest beginning of at most that many bytes of UTF-8; never cut inside a code point. */
export function cutToBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let length = 0;
  for (const char of text) {
    bytes += utf8Length(char);
    if (bytes > maxBytes) break;
    length += char.length;
  }
  return text.slice(0, length);
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
