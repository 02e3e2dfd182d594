/**
 * Reads links out of plain text and of lists with one link a line. Brackets are part of a link here: in a file, one line
 * must not stand for a hundred thousand.
 */
import type { LinksRead } from '../entry.ts';
import { LinkCollector } from '../link-collector.ts';
import { parseLinks } from './parse-links.ts';

export function readText(text: string): LinksRead {
  const { links, flagged, repeated, skipped } = parseLinks(text, { isLiteral: true });
  const collector = new LinkCollector();
  for (const { url, line } of links) collector.add({ url, line });
  for (const { line, text: shown, problem } of flagged) collector.flag(line, shown, problem);
  const read = collector.end('text');
  return { ...read, repeated: repeated + read.repeated, skipped };
}
