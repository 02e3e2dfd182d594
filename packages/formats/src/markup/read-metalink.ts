/** Reads Metalink 4 (RFC 5854) and 3: several files, each with mirrors by preference, checksums and a size. */
import { type Checksum, digestOf } from '@sluice/contract';
import type { LinksRead } from '../entry.ts';
import { LineCounter } from '../line-counter.ts';
import { LinkCollector } from '../link-collector.ts';
import { readTags } from './read-tags.ts';

interface MetalinkUrl {
  readonly url: string;
  readonly line: number;
  /** Lower comes first. */
  readonly rank: number;
}

interface MetalinkFile {
  readonly name: string | undefined;
  readonly line: number;
  readonly urls: MetalinkUrl[];
  readonly checksums: Checksum[];
  sizeBytes: number | null;
}

/** Real files nest six deep; more is an attempt at something else. */
const deepest = 32;
/** The last place of RFC 5854, for links that name none. */
const lastRank = 999_999;
const highestPreference = 100;
const longestValue = 70_000;
/** A file without links that says what it is would otherwise be lost without a word. */
const torrentElements: ReadonlySet<string> = new Set(['metaurl']);

export function readMetalink(text: string): LinksRead {
  const collector = new LinkCollector();
  const lines = new LineCounter(text);
  const path: string[] = [];
  let attributes: ReadonlyMap<string, string> = new Map();
  let value = '';
  let file: MetalinkFile | null = null;
  let isDamaged = false;

  readTags(text, { xml: true }, { open, close, text: addText });
  if (isDamaged || path.length > 0) collector.flag(lines.at(text.length), '', { kind: 'damaged' });
  return collector.end('metalink');

  function open(name: string, given: ReadonlyMap<string, string>, offset: number): void {
    if (isDamaged) return;
    path.push(name);
    if (path.length > deepest) isDamaged = true;
    attributes = given;
    value = '';
    if (name === 'file') {
      file = { name: given.get('name'), line: lines.at(offset), urls: [], checksums: [], sizeBytes: null };
    }
  }

  function addText(chunk: string): void {
    if (value.length < longestValue) value += chunk;
  }

  function close(name: string, offset: number): void {
    if (isDamaged) return;
    if (path.at(-1) !== name) {
      isDamaged = true;
      return;
    }
    const parent = path.at(-2);
    path.pop();
    if (file === null) return;
    if (name === 'file') {
      finish(file);
      file = null;
    } else if (parent !== 'pieces') take(file, { name, line: lines.at(offset) });
  }

  function take(into: MetalinkFile, { name, line }: { readonly name: string; readonly line: number }): void {
    const content = value.trim();
    value = '';
    if (name === 'url') into.urls.push({ url: content, line, rank: rankOf(attributes) });
    else if (name === 'size' && /^\d{1,15}$/u.test(content)) into.sizeBytes = Number(content);
    else if (name === 'hash') {
      const checksum = digestOf(attributes.get('type') ?? null, content);
      if (checksum === null) collector.leaveOut(line, `hash ${attributes.get('type') ?? ''}`);
      else into.checksums.push(checksum);
    } else if (torrentElements.has(name)) collector.leaveOut(line, name);
  }

  function finish({ name, line, urls, checksums, sizeBytes }: MetalinkFile): void {
    // A .torrent among the links is another file.
    const [first, ...others] = urls.toSorted((a, b) => a.rank - b.rank);
    if (first === undefined) {
      collector.flag(line, name ?? '', { kind: 'not-understood' });
      return;
    }
    const mirrors = others.map(({ url }) => url);
    collector.add({
      url: first.url,
      line,
      name,
      checksums,
      sizeBytes,
      ...(mirrors.length > 0 && { request: { mirrors } }),
    });
  }
}

/** Version 4 counts priorities upwards from 1, version 3 preferences downwards from 100. */
function rankOf(attributes: ReadonlyMap<string, string>): number {
  const priority = Number(attributes.get('priority') ?? Number.NaN);
  if (Number.isFinite(priority)) return priority;
  const preference = Number(attributes.get('preference') ?? Number.NaN);
  return Number.isFinite(preference) ? highestPreference - preference : lastRank;
}
