/** Downloads one file with everything the engine has and measures how long the main thread keeps others waiting. Words: link, folder. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createHost } from '@sluice/host';
import { waitUntil } from './wait-until.ts';

const [url = '', folder = ''] = process.argv.slice(2);

const host = await createHost({ dataFolder: folder, downloadFolder: folder, memory: true, version: '0.0.0' });
// Finer than what is looked for; what it reads on an idle thread is its own interval.
const resolutionMs = 1;
const delays = monitorEventLoopDelay({ resolution: resolutionMs });
const { results } = await host.api.add({ downloads: [{ url, name: 'output.bin', maxConnections: 16 }] });
if (results[0]?.kind !== 'added') throw new Error('the link was not taken');
const stop = host.api.subscribe(() => {});
await waitUntil(host.api, (views) => [...views.values()].some((view) => view.receivedBytes > 0));
delays.enable();
await waitUntil(host.api, (views) => [...views.values()].every((view) => view.state.kind === 'finished'));
delays.disable();
stop();
process.stdout.write(
  `${JSON.stringify({ p50: toMs(delays.percentile(50)), p99: toMs(delays.percentile(99)), max: toMs(delays.max) })}\n`,
);
await host.close();
process.exit(0);

function toMs(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolutionMs);
}
