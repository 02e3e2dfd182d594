/** Reads the link of a .webloc, as macOS writes it: a property list in XML or in its binary form. */
import type { LinksRead } from '../entry.ts';
import { LineCounter } from '../line-counter.ts';
import { LinkCollector } from '../link-collector.ts';
import { readTags } from './read-tags.ts';

export function readXmlWebloc(text: string): LinksRead {
  const collector = new LinkCollector();
  const lines = new LineCounter(text);
  let value = '';
  let key = '';
  let isFound = false;
  readTags(
    text,
    { xml: true },
    {
      open: () => {
        value = '';
      },
      text: (chunk) => {
        if (value.length < 70_000) value += chunk;
      },
      close: (name, offset) => {
        if (name === 'key') key = value.trim();
        if (name !== 'string' || key !== 'URL') return;
        isFound = true;
        collector.add({ url: value.trim(), line: lines.at(offset) });
      },
    },
  );
  if (!isFound) collector.flag(1, '', { kind: 'not-understood' });
  return collector.end('webloc');
}

export function isBinaryPlist(bytes: Uint8Array): boolean {
  return asciiOf(bytes, 0, 8) === 'bplist00';
}

/** The value of the key URL in the outermost dictionary; nothing else of the format is needed. */
export function readBinaryWebloc(bytes: Uint8Array): LinksRead {
  const collector = new LinkCollector();
  const url = linkIn(bytes);
  if (url === null) collector.flag(1, '', { kind: 'damaged' });
  else collector.add({ url, line: 1 });
  return collector.end('webloc');
}

const trailerBytes = 32;
const mostKeys = 1000;

function linkIn(bytes: Uint8Array): string | null {
  const trailer = bytes.length - trailerBytes;
  if (trailer < 8) return null;
  const offsetSize = bytes[trailer + 6] ?? 0;
  const referenceSize = bytes[trailer + 7] ?? 0;
  const top = numberAt(bytes, trailer + 16, 8);
  const table = numberAt(bytes, trailer + 24, 8);
  const placeOf = (index: number): number => numberAt(bytes, table + index * offsetSize, offsetSize);
  const dictionary = sizedAt(bytes, placeOf(top));
  if (dictionary?.kind !== 0xd || dictionary.count > mostKeys) return null;
  for (let index = 0; index < dictionary.count; index += 1) {
    const reference = (at: number): number => numberAt(bytes, dictionary.start + at * referenceSize, referenceSize);
    if (stringAt(bytes, placeOf(reference(index))) !== 'URL') continue;
    return stringAt(bytes, placeOf(reference(index + dictionary.count)));
  }
  return null;
}

interface Sized {
  readonly kind: number;
  readonly count: number;
  readonly start: number;
}

/** Four bits say what an object is, four how long; 15 means that a number follows which says it. */
function sizedAt(bytes: Uint8Array, place: number): Sized | null {
  const marker = bytes[place];
  if (marker === undefined) return null;
  const short = marker & 0xf;
  if (short !== 0xf) return { kind: marker >> 4, count: short, start: place + 1 };
  const size = 1 << ((bytes[place + 1] ?? 0) & 0xf);
  return { kind: marker >> 4, count: numberAt(bytes, place + 2, size), start: place + 2 + size };
}

function stringAt(bytes: Uint8Array, place: number): string | null {
  const sized = sizedAt(bytes, place);
  if (sized === null || sized.count > 70_000) return null;
  const { kind, start, count } = sized;
  if (kind === 0x5) return asciiOf(bytes, start, count);
  if (kind === 0x6) return new TextDecoder('utf-16be').decode(bytes.subarray(start, start + count * 2));
  return null;
}

function asciiOf(bytes: Uint8Array, start: number, count: number): string {
  return new TextDecoder('windows-1252').decode(bytes.subarray(start, start + count));
}

/** Big-endian. Out of the file it is a place that does not exist, which every reader above refuses. */
function numberAt(bytes: Uint8Array, start: number, size: number): number {
  if (size === 0 || size > 8) return Number.MAX_SAFE_INTEGER;
  let number = 0;
  for (let index = 0; index < size; index += 1) number = number * 256 + (bytes[start + index] ?? 255);
  return number;
}
