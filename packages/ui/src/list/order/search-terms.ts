/**
 * Reads what is typed into the search box: words, "words in order", -without, `host:example.org`, `type:video`, `>1GB`,
 * `<10MB`, states such as `failed`, and `today`. A download is shown when all of it holds.
 */
import type { DownloadStateKind, DownloadView } from '@sluice/contract';
import { hostOf } from '../../text/places.ts';

/** @param nowMs tells which day is today */
export type SearchTerm = (download: DownloadView, nowMs: number) => boolean;

export interface ReadSearch {
  readonly terms: readonly SearchTerm[];
  /** What is to be marked in names; lower case. */
  readonly words: readonly string[];
}

/** Words that people use for states; a name that has the word is found by it too. */
const stateWords: ReadonlyMap<string, readonly DownloadStateKind[]> = new Map(
  Object.entries({
    queued: ['queued'],
    downloading: ['running'],
    running: ['running'],
    active: ['running', 'waiting'],
    waiting: ['waiting'],
    paused: ['paused'],
    failed: ['failed'],
    finished: ['finished'],
    done: ['finished'],
    cancelled: ['cancelled'],
    canceled: ['cancelled'],
  } satisfies Record<string, readonly DownloadStateKind[]>),
);

const endingsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    video: ['mp4', 'mkv', 'avi', 'mov', 'webm', 'm4v', 'wmv', 'flv', 'mpg', 'mpeg', 'ts', '3gp'],
    audio: ['mp3', 'flac', 'ogg', 'opus', 'wav', 'm4a', 'aac', 'wma', 'aiff'],
    image: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif', 'svg', 'bmp', 'tif', 'tiff', 'heic', 'raw'],
    archive: ['zip', '7z', 'rar', 'tar', 'gz', 'tgz', 'bz2', 'xz', 'zst', 'br', 'lz4', 'iso', 'img'],
    document: ['pdf', 'epub', 'doc', 'docx', 'odt', 'xls', 'xlsx', 'ods', 'ppt', 'pptx', 'odp', 'txt', 'md', 'csv'],
    program: ['exe', 'msi', 'deb', 'rpm', 'dmg', 'pkg', 'apk', 'appimage', 'jar', 'flatpak', 'snap'],
  } satisfies Record<string, readonly string[]>),
);

const unitBytes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '': 1,
    b: 1,
    k: 1e3,
    kb: 1e3,
    m: 1e6,
    mb: 1e6,
    g: 1e9,
    gb: 1e9,
    t: 1e12,
    tb: 1e12,
    kib: 2 ** 10,
    mib: 2 ** 20,
    gib: 2 ** 30,
    tib: 2 ** 40,
  } satisfies Record<string, number>),
);

const piece = /(-?)"([^"]*)"?|(\S+)/gu;

export function readSearch(search: string): ReadSearch {
  const terms: SearchTerm[] = [];
  const words: string[] = [];
  for (const [, minus, quoted, bare] of search.toLowerCase().matchAll(piece)) {
    if (quoted !== undefined) {
      if (quoted === '') continue;
      addWord(quoted, minus === '-');
    } else if (bare !== undefined) {
      const isWithout = bare.length > 1 && bare.startsWith('-');
      const text = isWithout ? bare.slice(1) : bare;
      const term = specialTerm(text);
      if (term === null) addWord(text, isWithout);
      else terms.push(isWithout ? (download, nowMs) => !term(download, nowMs) : term);
    }
  }
  return { terms, words };

  function addWord(word: string, isWithout: boolean): void {
    const kinds = stateWords.get(word);
    const isToday = word === 'today';
    terms.push((download, nowMs) => {
      const isFound =
        textOf(download).includes(word) ||
        kinds?.includes(download.state.kind) === true ||
        (isToday && isSameDay(download.addedAtMs, nowMs));
      return isFound !== isWithout;
    });
    if (!isWithout) words.push(word);
  }
}

function specialTerm(text: string): SearchTerm | null {
  const size = /^([<>])=?(\d+(?:[.,]\d+)?)([a-z]*)$/u.exec(text);
  const unit = size === null ? undefined : unitBytes.get(size[3] ?? '');
  if (size !== null && unit !== undefined) {
    const bytes = Number((size[2] ?? '').replace(',', '.')) * unit;
    const isLarger = size[1] === '>';
    return ({ sizeBytes }) => sizeBytes !== null && (isLarger ? sizeBytes >= bytes : sizeBytes <= bytes);
  }
  const [, key = '', value = ''] = /^(host|type):(.+)$/u.exec(text) ?? [];
  if (key === 'host') return ({ url }) => hostOf(url).toLowerCase().includes(value);
  if (key === 'type') {
    const endings = endingsOf.get(value) ?? [value];
    return ({ name }) => endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
  }
  return null;
}

/** Of each view once: a changed download is another object. */
const texts = new WeakMap<DownloadView, string>();

function textOf(download: DownloadView): string {
  const known = texts.get(download);
  if (known !== undefined) return known;
  const text = `${download.name}\n${download.url}\n${download.folder}`.toLowerCase();
  texts.set(download, text);
  return text;
}

function isSameDay(epochMs: number, nowMs: number): boolean {
  return new Date(epochMs).toDateString() === new Date(nowMs).toDateString();
}
