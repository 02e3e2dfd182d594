/** Carries out `sluice set`: changes what holds for downloads that are on the list. */
import type { Priority } from '@sluice/contract';
import type { SelectionRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { findQueue } from '../queue/find-queue.ts';
import type { CliContext } from '../../cli-context.ts';
import { selectDownloads } from './select-downloads.ts';
import { withList } from './with-list.ts';

export interface Changes {
  /** A name or an id. */
  readonly queue?: string;
  readonly priority?: Priority;
  readonly maxConnections?: number;
  readonly speedLimitBytesPerSecond?: number;
  /** 0: without end; null: as the settings say. */
  readonly maxAttempts?: number | null;
}

export interface SetRequest extends SelectionRequest {
  readonly changes: Changes;
}

export function runSet({ changes, ...request }: SetRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async ({ api }, output) => {
    const { downloads, queues } = await api.snapshot({});
    const selected = selectDownloads(downloads, request.selection);
    if (selected.kind === 'usage-error') return output.endWithUsageError(selected.usageError);
    const queue = changes.queue === undefined ? null : findQueue(queues, changes.queue);
    if (queue?.kind === 'usage-error') return output.endWithUsageError(queue.usageError);
    const ids = selected.value.map(({ id }) => id);
    if (ids.length === 0) {
      output.hint('There is none on the list that is meant.');
      return output.end(exitCodes.ok);
    }
    const { queue: _, priority, ...limits } = changes;
    if (queue !== null) await api.setQueue({ ids, queueId: queue.value.id });
    if (priority !== undefined) await api.setPriority({ ids, priority });
    if (Object.keys(limits).length > 0) await api.setLimits({ ids, ...limits });
    const after = (await api.snapshot({})).downloads;
    const meant = new Set(ids);
    output.show(
      after.filter(({ id }) => meant.has(id)),
      after,
    );
    return output.end(exitCodes.ok);
  });
}
