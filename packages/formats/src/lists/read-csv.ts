/** Reads the links of a table, by the names of its columns where it has any. */
import { readChecksum } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { LinkCollector } from '../link-collector.ts';
import { type CsvRow, splitCsv } from './split-csv.ts';

const columnNames = {
  url: ['url', 'link', 'href', 'uri', 'address', 'download', 'download url', 'download link'],
  name: ['name', 'filename', 'file name', 'file', 'out', 'output'],
  checksum: ['checksum', 'hash', 'sha256', 'sha-256', 'sha1', 'sha-1', 'md5', 'sha512', 'sha-512'],
  referer: ['referer', 'referrer'],
  size: ['size', 'bytes', 'size in bytes'],
} as const;
type Column = keyof typeof columnNames;

const linkForm = /^[a-z][a-z\d+.-]*:\/\/\S+$/iu;

export function readCsv(text: string): LinksRead {
  const collector = new LinkCollector();
  const rows = splitCsv(text);
  const columns = columnsOf(rows[0]);
  const body = columns === null ? rows : rows.slice(1);
  for (const row of body) {
    if (row.fields.every((field) => field === '')) continue;
    if (columns === null) takeAll(collector, row);
    else takeNamed(collector, row, columns);
  }
  return collector.end('csv');
}

/** @returns null for a table that begins with a link, or names none */
function columnsOf(first: CsvRow | undefined): ReadonlyMap<Column, number> | null {
  const found = new Map<Column, number>();
  for (const [index, field] of (first?.fields ?? []).entries()) {
    const column = columnOf(field.toLowerCase());
    if (column !== null && !found.has(column)) found.set(column, index);
  }
  return found.has('url') ? found : null;
}

function columnOf(title: string): Column | null {
  for (const [column, titles] of Object.entries(columnNames)) {
    if (titles.some((one) => one === title)) return column as Column;
  }
  return null;
}

function takeNamed(collector: LinkCollector, { line, fields }: CsvRow, columns: ReadonlyMap<Column, number>): void {
  const field = (column: Column): string => fields[columns.get(column) ?? -1] ?? '';
  const checksum = field('checksum') === '' ? null : readChecksum(field('checksum'));
  if (field('checksum') !== '' && checksum === null) collector.leaveOut(line, 'checksum');
  const size = Number(field('size'));
  collector.add({
    url: field('url'),
    line,
    name: field('name'),
    checksums: checksum === null ? [] : [checksum],
    sizeBytes: Number.isSafeInteger(size) && size > 0 ? size : null,
    ...(field('referer') !== '' && { request: { referer: field('referer') } }),
  });
}

function takeAll(collector: LinkCollector, { line, fields }: CsvRow): void {
  const links = fields.filter((field) => linkForm.test(field));
  for (const url of links) collector.add({ url, line });
  if (links.length === 0) collector.flag(line, fields.join(', '), { kind: 'not-a-link' });
}
