/** An engine in a process of its own, so that a test can kill it: fetches one link and says how far it is. */
import { join } from 'node:path';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { openRecords } from '../../src/adapters/records/sqlite-records.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { createEngine } from '../../src/engine.ts';
import { silentLog } from '../../src/ports/log.ts';

const [folder = '', url = '', maxConnections = '0'] = process.argv.slice(2);
const engine = createEngine(
  {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: openRecords(join(folder, 'list.db')),
  },
  { downloadFolder: folder, platform: 'linux' },
);
engine.subscribe((delta) => {
  for (const change of [...(delta.added ?? []), ...(delta.changed ?? [])])
    process.stdout.write(`${JSON.stringify(change)}\n`);
});
const { downloads } = await engine.snapshot({});
for (const view of downloads) process.stdout.write(`${JSON.stringify(view)}\n`);
if (downloads.length === 0) await engine.add({ downloads: [{ url, maxConnections: Number(maxConnections) }] });
