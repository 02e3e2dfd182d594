/** Reads the link of a shortcut: Windows' .url, and the .desktop of Linux desktops. */
import type { FileFormat, LinksRead } from '../entry.ts';
import { linesOf } from '../line-counter.ts';
import { LinkCollector } from '../link-collector.ts';

const sections = { url: '[internetshortcut]', desktop: '[desktop entry]' } as const satisfies Partial<
  Record<FileFormat, string>
>;

export function shortcutKind(text: string): keyof typeof sections | null {
  const head = text.slice(0, 4096).toLowerCase();
  const start = linesOf(head).map((line) => line.trim());
  if (start.includes(sections.url)) return 'url';
  return start.includes(sections.desktop) ? 'desktop' : null;
}

export function readShortcut(text: string, kind: keyof typeof sections): LinksRead {
  const collector = new LinkCollector();
  let section = '';
  let isFound = false;
  for (const [index, raw] of linesOf(text).entries()) {
    const line = raw.trim();
    if (line.startsWith('[')) section = line.toLowerCase();
    if (section !== sections[kind] || isFound) continue;
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    if (key !== 'url') continue;
    isFound = true;
    collector.add({ url: line.slice(equals + 1).trim(), line: index + 1 });
  }
  if (!isFound) collector.flag(1, '', { kind: 'not-understood' });
  return collector.end(kind);
}
