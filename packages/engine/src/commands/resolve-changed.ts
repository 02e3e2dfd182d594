/** Carries a person's choice for downloads whose file has changed on the server. Nothing on disk is touched here. */
import { randomUUID } from 'node:crypto';
import type { Params, Result } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import { SluiceError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { DownloadList } from '../queue/download-list.ts';
import type { Entry } from '../queue/entry.ts';
import type { Scheduler } from '../queue/scheduler.ts';
import type { Controls } from './controls.ts';

export interface ResolveDeps {
  readonly list: DownloadList;
  readonly controls: Pick<Controls, 'find' | 'retry'>;
  readonly scheduler: Pick<Scheduler, 'poke'>;
  readonly clock: Clock;
}

/** @throws SluiceError `download-unknown`; `request-invalid` when the file of none of them has changed */
export async function resolveChanged(
  deps: ResolveDeps,
  { ids, choice }: Params<'resolveChanged'>,
): Promise<Result<'resolveChanged'>> {
  const { list, controls, scheduler } = deps;
  const entries = controls.find(ids).filter(hasChanged);
  if (entries.length === 0) throw new SluiceError('request-invalid', 'the file of none of them has changed');
  switch (choice) {
    case 'replace':
      for (const entry of entries) list.update(entry, { onChanged: 'replace' });
      await controls.retry(entries.map(({ record }) => record.id));
      return { added: [] };
    case 'keep':
      for (const entry of entries) list.apply(entry, { kind: 'keep' });
      list.save();
      return { added: [] };
    case 'beside': {
      const added = besides(deps, entries);
      list.add(added);
      for (const entry of entries) list.apply(entry, { kind: 'keep' });
      list.save();
      scheduler.poke();
      return { added: added.map(({ id }) => id) };
    }
    default:
      return choice satisfies never;
  }
}

function hasChanged({ state }: Entry): boolean {
  return state.kind === 'failed' && state.change !== undefined;
}

/** The same downloads once more, for the version that the server has now. */
function besides({ list, clock }: ResolveDeps, entries: readonly Entry[]): DownloadRecord[] {
  const last = list.inOrder().at(-1)?.record.position ?? 0;
  return entries.map(({ record }, index) => ({
    ...record,
    id: randomUUID(),
    fileName: null,
    fileIdentity: null,
    onChanged: record.onChanged === 'replace' ? 'ask' : record.onChanged,
    change: null,
    leavesAlone: [...record.leavesAlone, ...(record.fileName === null ? [] : [record.fileName])],
    state: { kind: 'queued' },
    sizeBytes: null,
    receivedBytes: 0,
    resumable: null,
    addedAtMs: clock.wallMs(),
    position: last + 1 + index,
  }));
}
