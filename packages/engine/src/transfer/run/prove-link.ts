/** Goes on from another link: nothing of what is on disk is believed of it before its own bytes have shown the same. */
import { SluiceError } from '../../errors.ts';
import { statesOtherChecksum } from '../../plan/ranges/mirror-proof.ts';
import { missingRanges } from '../../plan/ranges/ranges.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { FirstBody } from '../connections/run-connection-options.ts';
import { VerifiedBody } from '../body/verified-body.ts';
import type { OpenedResponse } from '../request/open-response.ts';
import type { WorkingFile } from '../file/working-file.ts';

/** More than for the same link: validators of another server say nothing about these bytes. */
const proofBytes = 1024 * 1024;

export interface ProveLinkOptions {
  readonly working: WorkingFile;
  /** What the old link has established. */
  readonly known: Resource;
  /** The new link. */
  readonly link: string;
  readonly open: (ask: {
    readonly range: { readonly start: number; readonly end: number | null } | null;
    readonly known: Resource;
  }) => Promise<OpenedResponse>;
  /** The error for an answer that brings no bytes; gives the body up. */
  readonly refuse: (opened: OpenedResponse) => SluiceError;
  readonly signal: AbortSignal;
}

export interface ProvedLink {
  readonly resource: Resource;
  /** Null when nothing follows the bytes that were compared. */
  readonly body: FirstBody | null;
}

/**
 * Whatever it throws, the partial and its journal are as they were.
 * @throws SluiceError `resource-changed` when length or bytes differ, `resume-unproved` when the answer holds nothing
 *   that could be compared, and what `refuse` makes of other answers
 */
export async function proveLink(options: ProveLinkOptions): Promise<ProvedLink> {
  const { working, known, link, signal } = options;
  const { window, end } = chooseWindow(working, known);
  // Left out, so that the answer's own is seen and not what was known before.
  const { checksums, ...unstated } = known;
  const opened = await options.open({
    range: { start: window.start, end },
    known: { ...unstated, etag: null, lastModified: null, date: null },
  });
  const { verdict, response } = opened;
  const until = verdict.kind === 'whole' ? prefixEnd(working) : window.end;
  const from = verdict.kind === 'whole' ? 0 : window.start;
  const isUsable = verdict.kind === 'part' || verdict.kind === 'whole';
  if (!isUsable || verdict.version === 'first') throw unlessSmaller(options, opened);
  if (verdict.kind === 'whole' && verdict.version === 'changed') {
    response.body.discard();
    throw new SluiceError('resource-changed', 'the new link leads to a file of another length');
  }
  if (statesOtherChecksum(known, verdict.resource)) {
    response.body.discard();
    throw new SluiceError('resource-changed', 'the new link states another checksum');
  }
  if (until === from) {
    response.body.discard();
    throw new SluiceError('resume-unproved', 'the new link sends nothing that could be compared');
  }
  const body = new VerifiedBody(response.body);
  try {
    await body.prove(working.partial, { from, until }, signal);
  } catch (error) {
    body.discard();
    throw error;
  }
  const { totalBytes } = known;
  const resource = {
    ...verdict.resource,
    totalBytes: verdict.resource.totalBytes ?? totalBytes,
    ...(checksums === undefined ? {} : { checksums }),
  };
  await working.learn(resource);
  await working.recordLink(link);
  const isAtEnd = !missingRanges(totalBytes ?? Number.POSITIVE_INFINITY, working.ledger.covered()).some(
    ({ start }) => start === until,
  );
  if (!isAtEnd) return { resource, body: { body, bodyStart: until, start: until, decoding: null } };
  body.discard();
  return { resource, body: null };
}

/** The end of the longest stretch on disk, best of one that has a gap behind it; and where that gap ends. */
function chooseWindow(working: WorkingFile, known: Resource): { window: ByteRange; end: number | null } {
  const covered = working.ledger.covered();
  const goesOn = covered.filter((range) => range.end !== known.totalBytes);
  const [longest] = (goesOn.length > 0 ? goesOn : covered).toSorted((a, b) => b.end - b.start - (a.end - a.start));
  if (longest === undefined) throw new SluiceError('internal', 'nothing on disk to compare with');
  const next = covered.find(({ start }) => start > longest.end);
  return {
    window: { start: Math.max(longest.start, longest.end - proofBytes), end: longest.end },
    end: next?.start ?? known.totalBytes,
  };
}

function prefixEnd(working: WorkingFile): number {
  const [first] = working.ledger.covered();
  return first?.start === 0 ? first.end : 0;
}

function unlessSmaller({ refuse }: ProveLinkOptions, opened: OpenedResponse): SluiceError {
  if (opened.verdict.kind !== 'nothing-left') return refuse(opened);
  opened.response.body.discard();
  return new SluiceError('resource-changed', 'the new link leads to a shorter file');
}
