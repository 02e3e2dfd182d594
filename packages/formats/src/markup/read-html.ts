/** Reads the links of a web page that was saved: what it leads to, shows and plays. */
import type { LinksRead } from '../entry.ts';
import { LineCounter } from '../line-counter.ts';
import { LinkCollector } from '../link-collector.ts';
import { readTags } from './read-tags.ts';
import { srcsetLinks } from './srcset-links.ts';

const linkAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ['a', ['href']],
  ['area', ['href']],
  ['img', ['src', 'srcset']],
  ['source', ['src', 'srcset']],
  ['video', ['src', 'poster']],
  ['audio', ['src']],
  ['track', ['src']],
  ['embed', ['src']],
  ['object', ['data']],
]);

/** What a page does rather than what it leads to. */
const noDownload = /^(?:#|javascript:|mailto:|tel:|data:|blob:|about:)/iu;

export function readHtml(text: string): LinksRead {
  const collector = new LinkCollector();
  const lines = new LineCounter(text);
  const found: { readonly link: string; readonly name: string | undefined; readonly line: number }[] = [];
  let base: string | null = null;
  let origin: string | null = null;
  readTags(
    text,
    { xml: false },
    {
      open: (tag, attributes, offset) => {
        const href = attributes.get('href');
        if (tag === 'base' && href !== undefined) base ??= href;
        if (tag === 'link' && attributes.get('rel')?.toLowerCase() === 'canonical' && href !== undefined)
          origin ??= href;
        for (const attribute of linkAttributes.get(tag) ?? []) {
          const value = attributes.get(attribute)?.trim();
          if (value === undefined || value === '') continue;
          const line = lines.at(offset);
          const name = attribute === 'href' ? attributes.get('download') : undefined;
          for (const link of attribute === 'srcset' ? srcsetLinks(value) : [value]) found.push({ link, name, line });
        }
      },
      close: () => {},
      text: () => {},
      comment: (comment) => {
        // What browsers write on top of a page they save.
        origin ??= /^\s*saved from url=\(\d+\)(\S+)/u.exec(comment.slice(0, 70_000))?.[1] ?? null;
      },
    },
  );
  const page = pageLink(base, origin);
  for (const { link, name, line } of found) {
    if (noDownload.test(link)) continue;
    const url = /^[a-z][a-z\d+.-]*:/iu.test(link) ? link : page === null ? null : (URL.parse(link, page)?.href ?? null);
    if (url === null) collector.flag(line, link, { kind: 'relative' });
    else
      collector.add({
        url: url.replaceAll(/[\t\n\r]/gu, ''),
        line,
        name,
        ...(page !== null && { request: { referer: page } }),
      });
  }
  return collector.end('html');
}

function pageLink(base: string | null, origin: string | null): string | null {
  const page = base === null ? URL.parse(origin ?? '') : URL.parse(base, origin ?? undefined);
  if (page === null || !/^https?:$/u.test(page.protocol)) return null;
  page.hash = '';
  page.username = '';
  page.password = '';
  return page.href;
}
