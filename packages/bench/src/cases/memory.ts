/** Peak memory at sixteen connections: under its ceiling, and the same for a small file and a large one. */
import { basename, join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { testCertificate } from '@sluice/testkit/origin';
import { race } from '../race/race.ts';
import { differenceOf } from '../race/same-bytes.ts';
import { type BenchCase, named, outputName, racersFor } from './bench-case.ts';

const smallBytes = 100 * 1024 ** 2;

export const memoryCase: BenchCase = {
  name: 'memory',
  title: 'Peak memory of sluice at 16 connections, small file and large',
  async run(context) {
    const largeBytes = context.options.quick ? 1024 ** 3 : context.options.sizeBytes;
    const rounds = Math.min(context.options.rounds, 3);
    const peaks: number[] = [];
    await using server = await startNginx({ rootFolder: context.sourceFolder });
    const { certificatePath } = testCertificate('trusted');
    for (const sizeBytes of [smallBytes, largeBytes]) {
      const sourcePath = await context.source(sizeBytes);
      const url = `${server.url}/${basename(sourcePath)}`;
      const racers = racersFor(named(context.contenders, ['sluice']), { url, connections: 16, certificatePath });
      const [entry] = await race(racers, {
        rounds,
        workFolder: context.workFolder,
        check: (folder) => differenceOf(join(folder, outputName), sourcePath),
        say: context.say,
      });
      if (entry?.cost === undefined || entry.cost === null) throw new Error(entry?.trouble ?? 'no result');
      peaks.push(entry.cost.peakBytes / 1e6);
    }
    const [small = Number.NaN, large = Number.NaN] = peaks;
    return {
      kind: 'facts',
      title: this.title,
      facts: [
        { name: '100 MB', text: `${small.toFixed(0)} MB` },
        { name: `${(largeBytes / 1024 ** 3).toFixed(0)} GB`, text: `${large.toFixed(0)} MB` },
      ],
      goals: [
        { name: 'peak memory', value: large, limit: 120, unit: 'MB' },
        { name: 'large to small', value: large / small, limit: 1.25, unit: 'x' },
      ],
    };
  },
};
