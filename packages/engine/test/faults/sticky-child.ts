/** For tests that need another user than their own: fetches one link, or tries to give a file a new name. */
import { join } from 'node:path';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { openRecords } from '../../src/adapters/records/sqlite-records.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { createEngine } from '../../src/engine.ts';
import { silentLog } from '../../src/ports/log.ts';

const [list = '', first = '', second = ''] = process.argv.slice(2);
if (list === 'move') {
  const moved = createNodeFiles().moveNew(first, second);
  process.stdout.write(
    await moved.then(
      () => 'moved',
      (error: unknown) => `refused ${String(error)}`,
    ),
  );
} else {
  const ports = {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: openRecords(join(list, 'list.db')),
  };
  const engine = createEngine(ports, { downloadFolder: first, platform: 'linux' });
  engine.subscribe((delta) => {
    for (const change of [...(delta.added ?? []), ...(delta.changed ?? [])]) {
      process.stdout.write(`${JSON.stringify(change)}\n`);
    }
  });
  const { results } = await engine.add({ downloads: [{ url: second }] });
  const [result] = results;
  if (result?.kind !== 'added') throw new Error('not added');
}
