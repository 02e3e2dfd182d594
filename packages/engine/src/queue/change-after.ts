/** What becomes of a download of the list whose run has failed. */
import { errorToInfo } from '@sluice/contract';
import type { DownloadEvent } from '../download/state.ts';
import { afterFailure, type AfterFailureOptions } from '../plan/connections/after-failure.ts';
import { freshRetryState, type RetryState } from '../plan/connections/retry.ts';
import { changeOf } from '../plan/response/version-change.ts';
import type { Outcome } from '../transfer/run/run.ts';
import type { Entry } from './entry.ts';

export interface ChangeAfter {
  readonly retries: RetryState;
  readonly event: DownloadEvent;
  readonly waitsForNetwork: boolean;
}

/** @param options `atMs`: wall time at which the run ended */
export function changeAfter(
  { retries }: Pick<Entry, 'retries'>,
  { error, next, advanced }: Outcome & { readonly kind: 'failed' },
  options: Omit<AfterFailureOptions, 'outages'> & { readonly atMs: number },
): ChangeAfter {
  const { code, facts } = next.error;
  const failure = { code, facts, bytesAdvanced: advanced, retryAfterMs: next.retryAfterMs };
  const after = afterFailure(retries, failure, { ...options, outages: { kind: 'patient' } });
  const { failures, losses } = after.state;
  switch (after.kind) {
    case 'wait-for-network': {
      const info = errorToInfo(next.error);
      const away = { ...info, facts: { ...info.facts, network: 'away' } };
      const event = { kind: 'wait', error: away, retryAtMs: options.atMs + after.delayMs, attempt: failures } as const;
      return { retries: after.state, event, waitsForNetwork: true };
    }
    case 'retry': {
      const retryAtMs = options.atMs + after.delayMs;
      const event = { kind: 'wait', error: errorToInfo(next.error), retryAtMs, attempt: failures + losses } as const;
      return { retries: after.state, event, waitsForNetwork: false };
    }
    case 'give-up': {
      const info = errorToInfo(error);
      const change = changeOf(info);
      const event = { kind: 'failed', error: info, ...(change === null ? {} : { change }) } as const;
      return { retries: freshRetryState, event, waitsForNetwork: false };
    }
  }
}
