/** One file over loopback: one connection and sixteen, plain and TLS. */
import { basename, join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { testCertificate } from '@sluice/testkit/origin';
import { race } from '../race/race.ts';
import { differenceOf } from '../race/same-bytes.ts';
import { type Goal, ratioGoal } from '../report/report.ts';
import { type BenchCase, outputName, racersFor } from './bench-case.ts';

interface Way {
  readonly name: string;
  readonly connections: number;
  readonly secure: boolean;
}

const ways: readonly Way[] = [
  { name: 'http-1', connections: 1, secure: false },
  { name: 'https-1', connections: 1, secure: true },
  { name: 'http-16', connections: 16, secure: false },
  { name: 'https-16', connections: 16, secure: true },
];

const mostPeakBytes = 120e6;

export const transferCases: readonly BenchCase[] = ways.map(({ name, connections, secure }) => {
  const title = `${secure ? 'https' : 'http'}, ${connections} connection${connections === 1 ? '' : 's'}, loopback`;
  return {
    name,
    title,
    async run(context) {
      const { sizeBytes, rounds } = context.options;
      const sourcePath = await context.source(sizeBytes);
      await using server = await startNginx({ rootFolder: context.sourceFolder });
      const url = `${secure ? server.secureUrl : server.url}/${basename(sourcePath)}`;
      const { certificatePath } = testCertificate('trusted');
      const chosen = context.contenders.filter((each) => connections === 1 || each.isParallel || each.name === 'curl');
      const entries = await race(racersFor(chosen, { url, connections, certificatePath }), {
        rounds,
        workFolder: context.workFolder,
        check: (folder) => differenceOf(join(folder, outputName), sourcePath),
        say: context.say,
      });
      const own = entries[0]?.cost;
      const memory: readonly Goal[] =
        own === undefined || own === null
          ? []
          : [{ name: 'peak memory', value: own.peakBytes / 1e6, limit: mostPeakBytes / 1e6, unit: 'MB' }];
      const ratios = [
        ratioGoal(entries, { of: 'sluice', to: ['aria2'], measure: 'wallSeconds', limit: 0.8 }),
        ...(connections === 1
          ? [
              ratioGoal(entries, { of: 'sluice', to: ['curl'], measure: 'wallSeconds', limit: 1.1 }),
              ratioGoal(entries, { of: 'sluice', to: ['curl'], measure: 'cpuSeconds', limit: 1.3 }),
            ]
          : [ratioGoal(entries, { of: 'sluice', to: ['aria2'], measure: 'cpuSeconds', limit: 1 })]),
      ].filter((goal) => goal !== null);
      return { kind: 'race', title, sizeBytes, rounds, entries, goals: [...ratios, ...memory] };
    },
  };
});
