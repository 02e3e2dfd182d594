/** Killed half-way: how much is fetched twice, and how soon the first new byte comes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startNginx } from '@sluice/testkit/servers';
import { differenceOf } from '../race/same-bytes.ts';
import { median } from '../statistics.ts';
import { type BenchCase, type BenchContext, outputName } from './bench-case.ts';

const connections = 4;

export const resumeCase: BenchCase = {
  name: 'resume',
  title: 'kill -9 at half of the file, then the same command again',
  async run(context) {
    const sizeBytes = context.options.quick ? 1024 ** 3 : context.options.sizeBytes;
    const sourcePath = await context.source(sizeBytes);
    const logPath = join(context.workFolder, 'served.log');
    await using server = await startNginx({
      rootFolder: context.sourceFolder,
      httpDirectives: `log_format served '$body_bytes_sent';`,
      locationDirectives: `access_log ${logPath} served;`,
    });
    const url = `${server.url}/${basename(sourcePath)}`;
    const results: Resumed[] = [];
    const rounds = Math.min(context.options.rounds, 3);
    for (let round = 0; round < rounds; round += 1) {
      const resumed = await killAndResume(context, { url, sizeBytes, sourcePath, logPath });
      results.push(resumed);
      context.say(
        `fetched again ${(resumed.againShare * 100).toFixed(2)} %, first byte ${resumed.firstByteSeconds.toFixed(2)} s`,
      );
    }
    const againPercent = 100 * median(results.map((each) => each.againShare));
    const firstByteSeconds = median(results.map((each) => each.firstByteSeconds));
    return {
      kind: 'facts',
      title: `${this.title} (${(sizeBytes / 1024 ** 3).toFixed(0)} GB, ${connections} connections)`,
      facts: [
        { name: 'fetched twice, of the whole file', text: `${againPercent.toFixed(2)} %` },
        { name: 'from start to the first new byte on disk', text: `${firstByteSeconds.toFixed(2)} s` },
      ],
      goals: [
        { name: 'fetched twice', value: againPercent, limit: 2, unit: '%' },
        { name: 'first new byte', value: firstByteSeconds, limit: 1, unit: 's' },
      ],
    };
  },
};

interface Resumed {
  readonly againShare: number;
  readonly firstByteSeconds: number;
}

interface Task {
  readonly url: string;
  readonly sizeBytes: number;
  readonly sourcePath: string;
  /** A line with the bytes of each body served. */
  readonly logPath: string;
}

async function killAndResume(context: BenchContext, task: Task): Promise<Resumed> {
  const folder = join(context.workFolder, 'out-resume');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `${outputName}.sluice`);
  const first = start(context, folder, task.url);
  while ((await storedBytes(partial)) < task.sizeBytes / 2) {
    if (first.exitCode !== null) throw new Error('it was done before it could be killed');
    await delay(2);
  }
  first.kill('SIGKILL');
  await once(first, 'exit');
  const kept = await storedBytes(partial);
  // What was under way is logged once its connection is seen to be gone.
  await delay(300);
  const servedBefore = await servedBytes(task.logPath);

  const startedAtMs = performance.now();
  const second = start(context, folder, task.url);
  const exited = once(second, 'exit');
  while (second.exitCode === null && (await storedBytes(partial)) <= kept) await delay(2);
  const firstByteSeconds = (performance.now() - startedAtMs) / 1000;
  await exited;
  const difference = await differenceOf(join(folder, outputName), task.sourcePath);
  if (second.exitCode !== 0 || difference !== null) throw new Error(difference ?? `exit code ${second.exitCode}`);
  await delay(300);
  const served = (await servedBytes(task.logPath)) - servedBefore;
  await rm(folder, { recursive: true, force: true });
  return { againShare: Math.max(0, served - (task.sizeBytes - kept)) / task.sizeBytes, firstByteSeconds };
}

function start(context: BenchContext, folder: string, url: string): ChildProcess {
  const words = [context.sluicePath, 'get', '--quiet', '-c', String(connections), '-d', folder, '-o', outputName, url];
  return spawn(process.execPath, words, { stdio: 'ignore' });
}

/** The file is sparse: its blocks say what is in it, its size does not. */
async function storedBytes(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null);
  return facts === null ? 0 : facts.blocks * 512;
}

async function servedBytes(logPath: string): Promise<number> {
  const lines = (await readFile(logPath, 'utf8').catch(() => '')).split('\n');
  return lines.reduce((sum, line) => sum + Number(line), 0);
}
