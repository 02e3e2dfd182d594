/** Carries out `sluice queue`. */
import { mainQueueId, type QueueView } from '@sluice/contract';
import type { QueueRequest } from './request.ts';
import { scheduleText } from '../../arguments/schedule-text.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Output } from '../list/output.ts';
import { withList } from '../list/with-list.ts';
import type { CliContext } from '../../cli-context.ts';
import { formatSpeed } from '../../terminal/amounts.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { fitText } from '../../terminal/fit-text.ts';
import { findQueue } from './find-queue.ts';

export function runQueue({ action, ...request }: QueueRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async ({ api }, output) => {
    if (action.kind === 'add') {
      show([await api.saveQueue(action.change)], output);
      return output.end(exitCodes.ok);
    }
    const { queues } = await api.snapshot({});
    if (action.kind === 'list') {
      show(queues, output);
      return output.end(exitCodes.ok);
    }
    const found = findQueue(queues, action.queue);
    if (found.kind === 'usage-error') return output.endWithUsageError(found.usageError);
    const { id, name } = found.value;
    if (action.kind === 'remove') {
      if (id === mainQueueId) return output.endWithUsageError({ kind: 'main-stays' });
      await api.removeQueue({ id });
      output.say(`removed ${cleanText(name)}; its downloads are in the main queue now`);
      output.tell({ kind: 'removed', id });
    } else show([await api.saveQueue({ ...action.change, id })], output);
    return output.end(exitCodes.ok);
  });
}

const titles = ['NAME', 'STATE', 'AT ONCE', 'LIMIT', 'HOURS'] as const;
const widestName = 40;

function show(queues: readonly QueueView[], output: Output): void {
  for (const queue of queues) output.tell({ kind: 'queue', queue });
  const rows = [titles, ...queues.map(cellsOf)];
  const widths = titles.map((_title, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  for (const row of rows) {
    output.say(
      row
        .map((text, index) => fitText(text, Math.min(widestName, widths[index] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  }
}

function cellsOf(queue: QueueView): readonly string[] {
  const { name, isPaused, isOpen, maxRunning, speedLimitBytesPerSecond, schedule } = queue;
  return [
    cleanText(name),
    isPaused ? 'paused' : isOpen ? 'open' : 'closed',
    maxRunning === 0 ? 'as set' : String(maxRunning),
    speedLimitBytesPerSecond === 0 ? 'none' : formatSpeed(speedLimitBytesPerSecond),
    scheduleText(schedule),
  ];
}
