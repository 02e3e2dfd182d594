/** An engine in a process of its own that a test can stop and let go on: fetches one link with short timeouts. */
import type { Backend } from '@sluice/contract';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { createEngine } from '../../src/engine.ts';
import { silentLog } from '../../src/ports/log.ts';

const [folder = '', url = '', backend = 'auto', maxConnections = '1'] = process.argv.slice(2);
const engine = createEngine(
  {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: {
      ...silentLog,
      debug(message, fields) {
        if (message === 'a connection failed')
          process.stdout.write(`${JSON.stringify({ failedWith: fields?.['code'] })}\n`);
      },
    },
    records: createMemoryRecords(),
  },
  { downloadFolder: folder, platform: 'linux', timeouts: { headTimeoutMs: 1000, idleTimeoutMs: 1000 } },
);
engine.subscribe((delta) => {
  for (const change of [...(delta.added ?? []), ...(delta.changed ?? [])])
    process.stdout.write(`${JSON.stringify(change)}\n`);
});
await engine.writeSettings({ findChecksums: false });
const request = { backend: backend as Backend };
await engine.add({ downloads: [{ url, maxConnections: Number(maxConnections), request }] });
