/** Has a host prove once in a run that its ranges are what they say: by a short one of bytes that are on disk already. */
import { SluiceError } from '../../errors.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import { compareRange, type Comparison, joinsAtOnce } from './compare-range.ts';
import type { RunConnectionOptions } from '../connections/run-connection-options.ts';
import type { RangeTrust } from './range-trust.ts';
import { tellingWindow } from './telling-window.ts';

/** Little beside what a further connection brings, and much for bytes of another place to have in common. */
const windowBytes = 16 * 1024;
/** Bytes near the beginning would be equal if a range brought the beginning instead. */
const leastStart = 4 * 1024;

/** Where a window may lie: the longest stretch on disk; null while that is too short. */
function stretchToProveBy(covered: readonly ByteRange[]): ByteRange | null {
  let longest: ByteRange | null = null;
  for (const range of covered) {
    const stretch = { start: Math.max(range.start, leastStart), end: range.end };
    if (longest === null || stretch.end - stretch.start > longest.end - longest.start) longest = stretch;
  }
  return longest !== null && longest.end - longest.start >= windowBytes ? longest : null;
}

/** A further connection has to show bytes that are on disk: until there are some, it would wait for them. */
export function canProve(options: Pick<RunConnectionOptions, 'trust' | 'working'>, url: string): boolean {
  return options.trust.isProved(url) || stretchToProveBy(options.working.ledger.covered()) !== null;
}

/**
 * @param question `url`: whose host is to show it
 * @throws SluiceError `range-mismatch` when it lies, `resume-unproved` when nothing could be compared or would tie the
 *   host's further answers to this one, network codes
 */
export async function proveRanges(
  question: Omit<Comparison, 'range'> & { readonly covered: readonly ByteRange[]; readonly trust: RangeTrust },
  signal: AbortSignal,
): Promise<void> {
  const { covered, known, trust } = question;
  const stretch = stretchToProveBy(covered);
  if (stretch === null) throw new SluiceError('resume-unproved', 'too little is there to compare a range with');
  const { range } = await tellingWindow(question.partial, stretch, windowBytes);
  const { finalUrl, seen, isEqual } = await compareRange({ ...question, range }, signal);
  if (!isEqual) {
    trust.lie(finalUrl);
    throw new SluiceError('range-mismatch', `bytes from ${range.start} differ from those on disk`);
  }
  if (!joinsAtOnce(known, seen))
    throw new SluiceError('resume-unproved', 'no validator would tie further parts to this one');
  trust.prove(finalUrl);
}
