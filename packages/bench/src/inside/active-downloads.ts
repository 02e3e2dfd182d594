/**
 * Holds many downloads active at once and measures what their progress costs.
 * Words: the folder for files, the address of a server whose every path drips, how many, for how many seconds.
 */
import { defaultSettings } from '@sluice/contract';
import {
  createEngine,
  createHttpPort,
  createMemoryRecords,
  createNodeFiles,
  createSystemClock,
  type Records,
  silentLog,
} from '@sluice/engine';
import { waitUntil } from './wait-until.ts';

const [folder = '', origin = '', count = '0', seconds = '0'] = process.argv.slice(2);
const total = Number(count);

/** More at once than a person may set. */
function crowdedRecords(): Records {
  const records = createMemoryRecords();
  const settings = { ...defaultSettings, maxRunning: total, maxConnections: 1, maxConnectionsPerHost: 256 };
  return {
    loadDownloads: () => records.loadDownloads(),
    saveDownloads: (saved) => records.saveDownloads(saved),
    deleteDownloads: (ids) => records.deleteDownloads(ids),
    loadSettings: () => settings,
    saveSettings: (saved) => records.saveSettings(saved),
    loadQueues: () => records.loadQueues(),
    saveQueues: (saved) => records.saveQueues(saved),
    loadHostLessons: () => records.loadHostLessons(),
    saveHostLesson: (lesson) => records.saveHostLesson(lesson),
    close: () => records.close(),
  };
}

async function cpuShare(): Promise<number> {
  const before = process.cpuUsage();
  const startedAtMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - startedAtMs);
}

const engine = createEngine(
  {
    http: createHttpPort(),
    files: createNodeFiles(),
    clock: createSystemClock(),
    log: silentLog,
    records: crowdedRecords(),
  },
  { downloadFolder: folder, platform: 'linux' },
);
await engine.add({
  downloads: Array.from({ length: total }, (_, index) => ({ url: `${origin}/${index}`, name: `${index}.bin` })),
});
await waitUntil(engine, (views) => {
  const moving = [...views.values()].filter((view) => view.state.kind === 'running' && view.receivedBytes > 0);
  return moving.length === total;
});
const unwatched = await cpuShare();
let deltas = 0;
const stop = engine.subscribe(() => {
  deltas += 1;
});
await engine.snapshot({});
const watched = await cpuShare();
stop();
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ unwatched, watched, deltas, peakBytes })}\n`);
process.exit(0);
