/** Recognises the files and texts that hold links, by what is in them first and by their name second, and reads them. */
import { decodeText } from './decode-text.ts';
import type { FileFormat, LinksRead } from './entry.ts';
import { isCurl, readCurl } from './commands/read-curl.ts';
import { isPowerShell, readPowerShell } from './commands/read-powershell.ts';
import { isExport, readExport } from './json/read-export.ts';
import { isHar, readHar } from './json/read-har.ts';
import { isAria2List, readAria2 } from './lists/read-aria2.ts';
import { readCsv } from './lists/read-csv.ts';
import { isEf2, readEf2 } from './lists/read-ef2.ts';
import { readShortcut, shortcutKind } from './lists/read-shortcut.ts';
import { readHtml } from './markup/read-html.ts';
import { readMetalink } from './markup/read-metalink.ts';
import { isBinaryPlist, readBinaryWebloc, readXmlWebloc } from './markup/read-webloc.ts';
import { readText } from './text/read-text.ts';

/** Recordings of a long session have this size; what is larger holds films and no links. */
export const largestFileBytes = 64 * 1024 * 1024;

/** Never throws: what cannot be read is told in `unread`. @param fileName empty for text that was pasted */
export function readLinks(content: string | Uint8Array, fileName = ''): LinksRead {
  if (content.length > largestFileBytes) return unreadable('text', 'too-large');
  if (typeof content !== 'string' && isBinaryPlist(content)) return readBinaryWebloc(content);
  const text = (typeof content === 'string' ? content : decodeText(content)).replace(/^\uFEFF/u, '');
  const extension = /\.([a-z\d]{1,10})$/iu.exec(fileName.slice(-20))?.[1]?.toLowerCase() ?? '';
  return readMarkup(text, extension) ?? readJson(text, extension) ?? readLines(text, extension);
}

function readMarkup(text: string, extension: string): LinksRead | null {
  const head = text.slice(0, 16_384).trimStart().toLowerCase();
  if (/^<(?:\?xml|metalink|!doctype|!--)/u.test(head)) {
    if (/<(?:\w+:)?metalink[\s>]/u.test(head)) return readMetalink(text);
    if (head.includes('<plist')) return readXmlWebloc(text);
  }
  if (/^<(?:!doctype html|html[\s>])/u.test(head) || /^(?:x?html?|shtml)$/u.test(extension)) return readHtml(text);
  if (/^<(?:\?xml|!--)/u.test(head) && /<html[\s>]/u.test(head)) return readHtml(text);
  if (extension === 'webloc') return readXmlWebloc(text);
  return extension === 'metalink' || extension === 'meta4' ? readMetalink(text) : null;
}

function readJson(text: string, extension: string): LinksRead | null {
  if (!/^\s*\{/u.test(text.slice(0, 4096))) return extension === 'har' ? unreadable('har', 'damaged') : null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return extension === 'har' || extension === 'json'
      ? unreadable(extension === 'har' ? 'har' : 'sluice', 'damaged')
      : null;
  }
  if (isExport(value)) return readExport(value);
  return isHar(value) || extension === 'har' ? readHar(value) : null;
}

function readLines(text: string, extension: string): LinksRead {
  const shortcut = shortcutKind(text);
  if (shortcut !== null) return readShortcut(text, shortcut);
  if (isEf2(text) || extension === 'ef2') return readEf2(text);
  if (isCurl(text)) return readCurl(text);
  if (isPowerShell(text)) return readPowerShell(text);
  if (extension === 'csv' || extension === 'tsv') return readCsv(text);
  return isAria2List(text) ? readAria2(text) : readText(text);
}

function unreadable(format: FileFormat, kind: 'too-large' | 'damaged'): LinksRead {
  return { format, entries: [], unread: [{ line: 1, text: '', problem: { kind } }], repeated: 0, skipped: 0 };
}
