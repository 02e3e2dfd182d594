/** A server that paces every connection: how soon the ramp finds that more of them pay. */
import { basename, join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { testCertificate } from '@sluice/testkit/origin';
import { race } from '../race/race.ts';
import { differenceOf } from '../race/same-bytes.ts';
import { ratioGoal } from '../report/report.ts';
import { type BenchCase, named, outputName, racersFor } from './bench-case.ts';

const sizeBytes = 100 * 1024 ** 2;

export const throttledCase: BenchCase = {
  name: 'throttled',
  title: '100 MB at 4 MB/s for each connection; sluice with no flag, others told to use 16',
  async run(context) {
    const sourcePath = await context.source(sizeBytes);
    await using server = await startNginx({ rootFolder: context.sourceFolder, locationDirectives: 'limit_rate 4m;' });
    const { certificatePath } = testCertificate('trusted');
    const racers = racersFor(named(context.contenders, ['sluice', 'aria2', 'axel']), {
      url: `${server.url}/${basename(sourcePath)}`,
      connections: null,
      certificatePath,
    });
    const { rounds } = context.options;
    const entries = await race(racers, {
      rounds,
      workFolder: context.workFolder,
      check: (folder) => differenceOf(join(folder, outputName), sourcePath),
      say: context.say,
    });
    const goal = ratioGoal(entries, { of: 'sluice', to: ['aria2'], measure: 'wallSeconds', limit: 1.25 });
    return { kind: 'race', title: this.title, sizeBytes, rounds, entries, goals: goal === null ? [] : [goal] };
  },
};
