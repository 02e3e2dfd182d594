/** Writes downloads as lists that other programs read. */
import type { NewDownload } from '@sluice/contract';
import type { LinkToWrite } from './link-to-write.ts';
import { exportedDownloadSchema, exportVersion } from '../json/export-format.ts';
import { curlCommand } from './curl-command.ts';
import { metalinkOf } from './metalink-file.ts';
import { aria2Lines } from './aria2-lines.ts';

export const exportFormats = ['text', 'json', 'aria2', 'metalink', 'curl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface LinksWritten {
  /** Ends with a line break. */
  readonly text: string;
  /** Links of downloads that this format cannot say: what is left of a form would fetch something else. */
  readonly leftOut: readonly string[];
}

export function writeLinks(links: readonly LinkToWrite[], format: ExportFormat): LinksWritten {
  const leftOut: string[] = [];
  const able = links.filter(({ download }) => {
    const isAble = canSay(download, format);
    if (!isAble) leftOut.push(download.url);
    return isAble;
  });
  return { text: textOf(able, format), leftOut };
}

function textOf(links: readonly LinkToWrite[], format: ExportFormat): string {
  switch (format) {
    case 'json':
      return exportText(links);
    case 'text':
      return links.map(({ download }) => `${download.url}\n`).join('');
    case 'aria2':
      return links.map(({ download }) => aria2Lines(download)).join('');
    case 'curl':
      return links.map(({ download }) => `${curlCommand(download)}\n`).join('');
    case 'metalink':
      return metalinkOf(links);
    default:
      return format satisfies never;
  }
}

function canSay({ request = {} }: NewDownload, format: ExportFormat): boolean {
  const { method = 'GET', body, bodyEncoding } = request;
  if (method === 'GET') return true;
  // A form whose body was a secret and is not here.
  if (method !== 'HEAD' && method !== 'DELETE' && body === undefined) return false;
  return format === 'json' || (format === 'curl' && bodyEncoding !== 'base64');
}

function exportText(links: readonly LinkToWrite[]): string {
  const downloads = links.map(({ download, sizeBytes }) => exportedDownloadSchema.parse({ ...download, sizeBytes }));
  return `${JSON.stringify({ sluiceExport: exportVersion, downloads }, null, 2)}\n`;
}
