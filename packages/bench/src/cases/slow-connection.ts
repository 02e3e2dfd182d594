/** One of eight connections crawls: whether the others take its work over. */
import { basename, join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { testCertificate } from '@sluice/testkit/origin';
import { race } from '../race/race.ts';
import { differenceOf } from '../race/same-bytes.ts';
import { ratioGoal } from '../report/report.ts';
import { startShapingProxy } from '../servers/shaping-proxy.ts';
import { type BenchCase, named, outputName, racersFor } from './bench-case.ts';

const pace = { usual: 8 * 1024 ** 2, slow: 50_000 } as const;
/** Neither the first, whose body everyone has before there are others, nor one that may never be opened. */
const slowConnection = 1;

export const slowConnectionCase: BenchCase = {
  name: 'slow-connection',
  title: '8 connections of 8 MB/s each, one of them slowed to 50 KB/s',
  async run(context) {
    const sizeBytes = (context.options.quick ? 64 : 200) * 1024 ** 2;
    const sourcePath = await context.source(sizeBytes);
    await using server = await startNginx({ rootFolder: context.sourceFolder });
    await using proxy = await startShapingProxy({
      upstreamPort: Number(new URL(server.url).port),
      bytesPerSecond: (connection) => (connection === slowConnection ? pace.slow : pace.usual),
    });
    const { certificatePath } = testCertificate('trusted');
    const racers = racersFor(named(context.contenders, ['sluice', 'aria2', 'axel']), {
      url: `http://127.0.0.1:${proxy.port}/${basename(sourcePath)}`,
      connections: 8,
      certificatePath,
    });
    const rounds = Math.min(context.options.rounds, 3);
    const entries = await race(racers, {
      rounds,
      workFolder: context.workFolder,
      check: (folder) => differenceOf(join(folder, outputName), sourcePath),
      prepare: () => proxy.restart(),
      deadlineMs: 90_000,
      say: context.say,
    });
    const goal = ratioGoal(entries, { of: 'sluice', to: ['aria2'], measure: 'wallSeconds', limit: 0.6 });
    return { kind: 'race', title: this.title, sizeBytes, rounds, entries, goals: goal === null ? [] : [goal] };
  },
};
