/** Reads Sluice's own export. */
import { readChecksum } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { LinkCollector } from '../link-collector.ts';
import { exportedDownloadSchema, exportFileSchema, exportVersion } from './export-format.ts';

export function isExport(value: unknown): boolean {
  return exportFileSchema.safeParse(value).success;
}

export function readExport(value: unknown): LinksRead {
  const collector = new LinkCollector();
  const file = exportFileSchema.safeParse(value);
  // A later version may mean something else by the same fields.
  if (!file.success || file.data.sluiceExport > exportVersion) {
    collector.flag(1, '', { kind: file.success ? 'not-understood' : 'damaged' });
    return collector.end('sluice');
  }
  for (const [index, entry] of file.data.downloads.entries()) {
    const line = index + 1;
    const read = exportedDownloadSchema.safeParse(entry);
    if (!read.success) {
      collector.flag(line, '', { kind: 'not-understood' });
      continue;
    }
    const { url, name, headers = {}, checksum, request, sizeBytes } = read.data;
    const digest = checksum === undefined ? null : readChecksum(checksum);
    if (checksum !== undefined && digest === null) collector.leaveOut(line, 'checksum');
    collector.add({
      url,
      line,
      name,
      headers: Object.entries(headers),
      checksums: digest === null ? [] : [digest],
      sizeBytes: sizeBytes ?? null,
      ...(request !== undefined && { request }),
    });
  }
  return collector.end('sluice');
}
