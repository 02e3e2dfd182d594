/** Asks whether something is still what it was: a GET that is to bring nothing unless there is something newer. */
import type { HeaderLines } from '../plan/response/headers.ts';
import type { Resource } from '../plan/response/resource.ts';
import { openResponse } from '../transfer/request/open-response.ts';
import { refusalError } from '../transfer/request/refusal-error.ts';
import { Attempts } from './attempts.ts';
import { type DirectDeps, requestBase } from './direct-deps.ts';
import type { DownloadSpec } from './spec.ts';

export type Validators = Pick<Resource, 'etag' | 'lastModified'>;

/**
 * - `same`: 304; the headers bring what is new about it (RFC 9111 section 4.3.4).
 * - `changed`: there is something else now. It was not fetched.
 */
export type Revalidated = { readonly kind: 'same'; readonly headers: HeaderLines } | { readonly kind: 'changed' };

/** @throws SluiceError what the last try failed with; `signal.reason` when aborted */
export async function revalidate(
  deps: DirectDeps,
  question: { readonly spec: DownloadSpec; readonly known: Validators },
  signal: AbortSignal,
): Promise<Revalidated> {
  const { ports, random, network } = deps;
  const { spec, known } = question;
  const base = requestBase(deps, spec);
  const attempts = new Attempts({
    clock: ports.clock,
    network,
    random,
    policy: spec.retry,
    beforeRetry: spec.beforeRetry,
  });
  for (;;) {
    let retryAfterMs: number | null = null;
    try {
      const ask = { url: spec.url, range: null, known: null, unlessSame: known };
      const opened = await openResponse(ports, base, { ask, signal });
      const { response, verdict } = opened;
      response.body.discard();
      if (response.status === 304) return { kind: 'same', headers: response.headers };
      if (verdict.kind === 'whole' || 'encoded' in verdict) return { kind: 'changed' };
      if (verdict.kind === 'failed') ({ retryAfterMs } = verdict);
      throw refusalError(opened);
    } catch (error) {
      await attempts.waitAfter(error, { advanced: false, retryAfterMs }, signal);
    }
  }
}
