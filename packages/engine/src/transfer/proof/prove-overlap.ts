/** What an answer says is believed of the bytes on disk only when its own have shown that it speaks of them. */
import { SluiceError } from '../../errors.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { spreadWindows } from '../../plan/ranges/spread-windows.ts';
import { isRetagged } from '../../plan/response/validators.ts';
import type { HttpBody } from '../../ports/http.ts';
import { compareRange, isDifference } from './compare-range.ts';
import { VerifiedBody } from '../body/verified-body.ts';
import type { OpenedResponse } from '../request/open-response.ts';
import type { RunState } from '../run/run-state.ts';
import { tells } from './telling-window.ts';
import type { WorkingFile } from '../file/working-file.ts';

export interface Overlap {
  readonly working: WorkingFile;
  readonly known: Resource;
  /** What the answer itself says. */
  readonly seen: Resource;
  readonly from: number;
  readonly until: number;
}

/** @throws SluiceError `resource-changed` where the body differs from the disk; then it is given up */
export async function proveBody(
  working: WorkingFile,
  body: HttpBody,
  { signal, ...range }: { readonly from: number; readonly until: number; readonly signal: AbortSignal },
): Promise<HttpBody> {
  const late = new VerifiedBody(body);
  try {
    await late.prove(working.partial, range, signal);
  } catch (error) {
    late.discard();
    throw error;
  }
  return late;
}

/** @returns null when the bytes of a part are not those on disk */
export async function proveOverlap(
  run: RunState,
  { response, finalUrl }: OpenedResponse,
  { working, known, seen, from, until }: Overlap,
): Promise<HttpBody | null> {
  const { trust, signal } = run;
  const range = { start: from, end: until };
  try {
    if (isRetagged(known, seen)) await compareElsewhere(run, working, range);
    const body = await proveBody(working, response.body, { from, until, signal });
    if (await tells(working.partial, range)) trust.prove(finalUrl);
    return body;
  } catch (error) {
    response.body.discard();
    if (signal.aborted || !isDifference(error)) throw error;
    trust.lie(finalUrl);
    return null;
  }
}

/** Another tag beside an equal date and length: bytes from all over what is on disk have to be the same. */
async function compareElsewhere(run: RunState, working: WorkingFile, but: ByteRange): Promise<void> {
  const { spec, ports, links, signal } = run;
  const { partial, ledger, resource: known } = working;
  if (known === null) return;
  const question = { ports, request: spec.request, url: links.current, known, partial };
  for (const range of spreadWindows(ledger.covered(), but)) {
    const { isEqual } = await compareRange({ ...question, range }, signal);
    if (!isEqual) throw new SluiceError('resource-changed', `bytes from ${range.start} differ from those on disk`);
  }
}
