/** Hands the functions of a program to the engine, each under the rule of {@link Caller}. */
import { SluiceError } from '@sluice/contract';
import { headersByName, type DownloadSpec } from '@sluice/engine';
import type { Caller } from '../caller.ts';
import type { DownloadEvents, DownloadHooks } from './hooks.ts';
import { describe, optionError } from './option-error.ts';

/** Asked for the first answer of a try that brings bytes, before one of them is used. What it throws refuses the answer. */
export type JudgeAnswer = (answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}) => void;

export interface OwnFunctions extends DownloadEvents {
  readonly hooks?: DownloadHooks;
  readonly judge: JudgeAnswer | null;
  /** As the caller gave it. */
  readonly url: string;
}

export function directHooks(
  caller: Caller,
  { hooks = {}, onRetry, onRedirect, onFileName, judge, url }: OwnFunctions,
): Pick<DownloadSpec, 'hooks' | 'beforeRetry' | 'onFileName'> {
  const { beforeRequest, beforeRedirect, beforeRetry } = hooks;
  return {
    hooks: {
      ...(beforeRequest === undefined
        ? {}
        : {
            async beforeRequest(request) {
              const changes = await caller.ask(() => beforeRequest(request));
              return changes === undefined || changes === null ? undefined : checkedChanges(changes);
            },
          }),
      async beforeRedirect(redirected) {
        const mayFollow = await caller.ask(() => beforeRedirect?.(redirected));
        if (mayFollow === false) {
          const { host } = new URL(redirected.to);
          throw new SluiceError('redirect-unsafe', 'a hook refused the redirect', { facts: { host } });
        }
        await caller.ask(() => onRedirect?.(redirected));
      },
      async afterResponse({ status, headers }) {
        judge?.({ status, headers: headersByName(headers) });
      },
    },
    async beforeRetry({ error, failures, delayMs }) {
      const retrying = { url, attempt: failures, error, delayMs };
      if ((await caller.ask(() => beforeRetry?.(retrying))) === false) throw error;
      await caller.ask(() => onRetry?.(retrying));
    },
    onFileName: (fileName) => caller.tell(() => onFileName?.(fileName)),
  };
}

function checkedChanges(changes: unknown): Readonly<Record<string, string | null>> {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    throw optionError('hooks.beforeRequest', `beforeRequest must give an object of headers, not ${describe(changes)}`);
  }
  for (const value of Object.values(changes) as readonly unknown[]) {
    if (typeof value === 'string' || value === null) continue;
    throw optionError(
      'hooks.beforeRequest',
      `a header that beforeRequest gives must be a text, not ${describe(value)}`,
    );
  }
  return changes as Readonly<Record<string, string | null>>;
}
