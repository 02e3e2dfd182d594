/** The composition root: one engine with its adapters, settings, memory and log, as every program of ours runs it. */
import { createEngine, createMemoryRecords, silentLog } from '@sluice/engine';
import { boundGarbage } from './bounded-garbage.ts';
import { assembleHost, engineOptions, enginePorts } from './assemble-host.ts';
import type { Host, HostOptions } from './host.ts';

/**
 * Downloads that were running when the last host ended run again at once.
 * @throws `host-busy` when another host owns the data folder; `file-access-denied` or `folder-missing` when the
 *   folder cannot be made or written
 */
export async function createHost(options: HostOptions): Promise<Host> {
  boundGarbage();
  if (options.memory === true) {
    const records = { ...createMemoryRecords(), endsWithProcess: true } as const;
    const { log = silentLog } = options;
    const engine = createEngine(enginePorts(records, log), engineOptions(options));
    return assembleHost({ options, engine, log, notices: [], release: async () => {} });
  }
  // A command that fetches one file need not wait for a database and a log it has no use for.
  const { createDurableHost } = await import('./create-durable-host.ts');
  return createDurableHost(options);
}
