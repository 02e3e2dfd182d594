/** Decides, after whatever ended the last run, which bytes of a partial may be kept. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Extent } from '../plan/ranges/extent.ts';
import type { FileFacts, OpenFile } from '../ports/files.ts';
import { byPlace, withoutContained } from './extents.ts';
import type { LoadedJournal } from './journal/journal.ts';
import { isUnchanged } from './journal/is-unchanged.ts';

const readBytes = 1024 * 1024;
/**
 * Extents share bytes only where a connection ended within a block, so that the file is read hardly more than once. What a
 * forged journal claims beyond this is not read, and so not believed.
 */
const mostReadings = 4;
const leastBudgetBytes = 16 * 1024 * 1024;

export interface RecoverOptions {
  readonly signal?: AbortSignal;
  /** Called between reads, with bytes re-read so far and bytes to re-read in all. */
  readonly onProgress?: (readBytes: number, totalBytes: number) => void;
}

/**
 * The extents that hold, sorted by start: none claims a byte beyond the end of the file; each was proved durable
 * in this very file, or its CRC fits what is there now. What does not hold is struck from the journal before this
 * resolves.
 *
 * Re-read are: extents not yet proved by a sync; proved ones that share bytes with those, since a write cut off by
 * a power cut can spoil its neighbours; and all of them when the file is not the one the journal speaks of, or
 * looks otherwise than it did after the last sync or the orderly end that is on record.
 * @throws disk codes; `signal.reason` when aborted
 */
export async function recoverExtents(
  partial: OpenFile,
  loaded: LoadedJournal,
  options: RecoverOptions = {},
): Promise<readonly Extent[]> {
  const { facts, isSameFile, isTouched, trusted, doubtful } = await judgeExtents(partial, loaded, options);
  if (!isSameFile || trusted.length < loaded.trusted.length || doubtful.length < loaded.doubtful.length) {
    await loaded.journal.restate({ trusted, doubtful, partialIdentity: facts.identity });
  }
  // What was read need not be read again when nothing has happened by the next time.
  if (isSameFile && isTouched) await loaded.journal.recordSeen(facts);
  return withoutContained([...trusted, ...doubtful]);
}

/** What {@link recoverExtents} would keep. Writes nothing, so that it may be asked of a partial that is only looked at. */
export async function extentsOnDisk(partial: OpenFile, journal: JournalClaimed): Promise<readonly Extent[]> {
  const { trusted, doubtful } = await judgeExtents(partial, journal, {});
  return withoutContained([...trusted, ...doubtful]);
}

type JournalClaimed = Pick<LoadedJournal, 'head' | 'trusted' | 'doubtful' | 'rest' | 'seen'>;

interface Judged {
  readonly facts: FileFacts;
  readonly isSameFile: boolean;
  readonly isTouched: boolean;
  readonly trusted: readonly Extent[];
  readonly doubtful: readonly Extent[];
}

async function judgeExtents(partial: OpenFile, loaded: JournalClaimed, options: RecoverOptions): Promise<Judged> {
  const facts = await partial.facts();
  const isSameFile = loaded.head.partialIdentity === facts.identity;
  const isTouched = wasTouched(loaded, facts);
  const { safe, suspect } =
    isSameFile && !isTouched ? partByOverlap(loaded.trusted, loaded.doubtful) : { safe: [], suspect: loaded.trusted };
  const inFile = (extent: Extent) => extent.end <= facts.sizeBytes;
  const budgetBytes = leastBudgetBytes + mostReadings * facts.sizeBytes;
  const inDoubt = [...suspect, ...loaded.doubtful].filter(inFile);
  const sound = await soundExtents(partial, inDoubt, { ...options, budgetBytes });
  const isSound = (extent: Extent) => sound.has(extent);
  // What was proved durable and still reads the same has stayed so; of a copy nothing is known to be durable.
  const trusted = isSameFile ? [...safe.filter(inFile), ...suspect.filter(isSound)] : [];
  const doubtful = isSameFile ? loaded.doubtful.filter(isSound) : [...sound];
  return { facts, isSameFile, isTouched, trusted, doubtful };
}

/**
 * Since an orderly end, or since the last sync that noted how the partial looked: bytes of this program's own that came
 * between that and its death look like another's. What an earlier release left in disorder is unknown.
 */
function wasTouched({ rest, seen }: JournalClaimed, facts: FileFacts): boolean {
  if (rest !== null && (rest.sizeBytes !== facts.sizeBytes || rest.modifiedAtMs !== facts.modifiedAtMs)) return true;
  return seen !== null && !isUnchanged(seen, facts);
}

/** Both lists are sorted by start. */
function partByOverlap(
  extents: readonly Extent[],
  others: readonly Extent[],
): { readonly safe: readonly Extent[]; readonly suspect: readonly Extent[] } {
  if (others.length === 0) return { safe: extents, suspect: [] };
  const safe: Extent[] = [];
  const suspect: Extent[] = [];
  // Walking both lists: `reach` is how far the others that start before this extent's end go.
  let index = 0;
  let reach = 0;
  for (const extent of extents) {
    for (; index < others.length; index += 1) {
      const other = others[index];
      if (other === undefined || other.start >= extent.end) break;
      reach = Math.max(reach, other.end);
    }
    (reach > extent.start ? suspect : safe).push(extent);
  }
  return { safe, suspect };
}

/**
 * Those whose CRC fits the bytes on the disk. Versions of one extent are told from one reading.
 * @param options `budgetBytes`: no more is read; what is left then counts as unsound
 */
export async function soundExtents(
  partial: Pick<OpenFile, 'read'>,
  extents: readonly Extent[],
  options: RecoverOptions & { readonly budgetBytes?: number },
): Promise<ReadonlySet<Extent>> {
  const sound = new Set<Extent>();
  const groups = groupByStart(extents);
  const totalBytes = groups.reduce((sum, group) => sum + lengthOf(group), 0);
  const buffer = Buffer.allocUnsafe(Math.min(readBytes, totalBytes));
  const { budgetBytes = Number.POSITIVE_INFINITY } = options;
  let doneBytes = 0;
  for (const group of groups) {
    if (doneBytes + lengthOf(group) > budgetBytes) continue;
    let position = group[0]?.start ?? 0;
    let crc = 0;
    for (const extent of group) {
      let isWhole = true;
      while (position < extent.end && isWhole) {
        options.signal?.throwIfAborted();
        const wanted = buffer.subarray(0, Math.min(buffer.length, extent.end - position));
        const count = await partial.read(wanted, position);
        crc = crc32(wanted.subarray(0, count), crc);
        position += count;
        doneBytes += count;
        isWhole = count === wanted.length;
        options.onProgress?.(doneBytes, totalBytes);
      }
      if (isWhole && crc === extent.crc32) sound.add(extent);
    }
    // Reads from the page cache resolve without leaving room for anything else.
    await nextTurn();
  }
  return sound;
}

/** Sorted by start, and within a group by end. */
function groupByStart(extents: readonly Extent[]): Extent[][] {
  const groups: Extent[][] = [];
  for (const extent of [...extents].sort(byPlace)) {
    const group = groups.at(-1);
    if (group?.[0]?.start === extent.start) group.push(extent);
    else groups.push([extent]);
  }
  return groups;
}

function lengthOf(group: readonly Extent[]): number {
  return (group.at(-1)?.end ?? 0) - (group[0]?.start ?? 0);
}
