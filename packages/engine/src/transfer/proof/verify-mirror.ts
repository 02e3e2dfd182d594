/** Lets a mirror show that it leads to the file that is on disk, before it is asked for any byte that is missing. */
import { SluiceError } from '../../errors.ts';
import { checkMirror, withoutVersion } from '../../plan/ranges/mirror-proof.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { BodySink } from '../../ports/http.ts';
import { openResponse, type RequestBase } from '../request/open-response.ts';
import { OverlapProof } from './overlap-proof.ts';
import { readRange } from './read-range.ts';
import { refusalError } from '../request/refusal-error.ts';
import type { RunPorts } from '../run/run-context.ts';
import type { WorkingFile } from '../file/working-file.ts';

export interface MirrorVerification {
  readonly ports: Pick<RunPorts, 'http' | 'clock'>;
  readonly request: RequestBase;
  readonly mirror: string;
  /** What the link itself has established. */
  readonly known: Resource;
  readonly partial: Pick<WorkingFile['partial'], 'read'>;
  /** On disk, and to be found the same at the mirror. */
  readonly proof: ByteRange;
  /** What the link itself says elsewhere; null where it would not say. */
  readonly sample: { readonly range: ByteRange; readonly bytes: Promise<Uint8Array | null> };
}

/**
 * Nothing is written. Bodies are read to their ends, so that the connection may serve what follows.
 * @returns what the mirror says of its file
 * @throws SluiceError `resource-changed` when that is another file, `range-ignored` when it does not send ranges,
 *   `resume-unproved` when it names no version, and network codes
 */
export async function verifyMirror(task: MirrorVerification, signal: AbortSignal): Promise<Resource> {
  const resource = await compareWithDisk(task, signal);
  const { range, bytes } = task.sample;
  const theirs = await readRange(task.ports, { ...task, url: task.mirror, known: resource, range }, signal);
  const ours = await bytes;
  if (ours !== null && Buffer.compare(ours, theirs) !== 0) {
    throw new SluiceError('resource-changed', `bytes from ${range.start} differ from those of the link`);
  }
  return resource;
}

async function compareWithDisk(task: MirrorVerification, signal: AbortSignal): Promise<Resource> {
  const { known, proof } = task;
  const ask = { url: task.mirror, range: proof, known: withoutVersion(known) };
  const opened = await openResponse(task.ports, task.request, { ask, signal });
  const { verdict, response } = opened;
  try {
    if (verdict.kind === 'whole') throw new SluiceError('range-ignored', 'the mirror sends the whole file');
    if (verdict.kind === 'nothing-left') throw new SluiceError('resource-changed', 'the mirror has a shorter file');
    if (verdict.kind !== 'part') throw refusalError(opened);
    checkMirror(known, verdict.resource);
    const comparison = new OverlapProof(task.partial, nothingMore, { from: proof.start, until: proof.end });
    await response.body.pipeTo(comparison, signal);
    if (!comparison.proved) throw new SluiceError('body-short', 'the mirror sent too little to compare');
    return verdict.resource;
  } catch (error) {
    response.body.discard();
    throw error;
  }
}

const nothingMore: BodySink = { space: () => new Uint8Array(1), advance: () => 'enough' };
