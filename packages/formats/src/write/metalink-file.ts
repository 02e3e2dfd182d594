/** Downloads as a Metalink 4 file (RFC 5854), which knows links, names, sizes and checksums, and no request. */
import { readChecksum } from '@sluice/contract';
import { confineName } from '../confine-name.ts';
import type { LinkToWrite } from './link-to-write.ts';

export function metalinkOf(links: readonly LinkToWrite[]): string {
  const files = links.map(fileOf).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<metalink xmlns="urn:ietf:params:xml:ns:metalink">\n${files}</metalink>\n`;
}

function fileOf({ download, sizeBytes }: LinkToWrite): string {
  const { url, name, checksum, request = {} } = download;
  const digest = checksum === undefined ? null : readChecksum(checksum);
  const lines = [
    ...(sizeBytes === null ? [] : [`<size>${sizeBytes}</size>`]),
    ...(digest === null ? [] : [`<hash type="${digest.algorithm}">${digest.hex}</hash>`]),
    ...[url, ...(request.mirrors ?? [])].map((link, index) => `<url priority="${index + 1}">${escape(link)}</url>`),
  ];
  const shown = escape(name ?? nameOf(url));
  return `  <file name="${shown}">\n${lines.map((line) => `    ${line}\n`).join('')}  </file>\n`;
}

/** The format asks for a name. */
function nameOf(url: string): string {
  return confineName((URL.parse(url)?.pathname ?? '').replace(/\/+$/u, '')) ?? 'download';
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/[&<>"]/gu, (character) => references[character] ?? character);
}
