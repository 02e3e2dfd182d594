/** A link with a rate, a delay and losses: where several connections win for another reason. */
import { basename, join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { testCertificate } from '@sluice/testkit/origin';
import { race } from '../race/race.ts';
import { differenceOf } from '../race/same-bytes.ts';
import { ratioGoal } from '../report/report.ts';
import { createShapedLink, whyNoShapedLink } from '../servers/shaped-link.ts';
import { startShapingProxy } from '../servers/shaping-proxy.ts';
import { type BenchCase, outputName, racersFor } from './bench-case.ts';

const delayMs = 25;

export const lossyLinkCase: BenchCase = {
  name: 'lossy',
  title: '200 Mbit/s, 50 ms round trip, 0.5 % of packets lost; everyone at the best of its usual settings',
  async run(context) {
    const why = whyNoShapedLink();
    if (why !== null) return { kind: 'skipped', title: this.title, why };
    const sizeBytes = (context.options.quick ? 32 : 100) * 1024 ** 2;
    const sourcePath = await context.source(sizeBytes);
    using link = createShapedLink({ megabitsPerSecond: 200, loss: 0.005 });
    await using server = await startNginx({ rootFolder: context.sourceFolder });
    await using proxy = await startShapingProxy({
      upstreamPort: Number(new URL(server.url).port),
      address: link.address,
      delayMs,
    });
    const { certificatePath } = testCertificate('trusted');
    const racers = racersFor(context.contenders, {
      url: `http://${link.address}:${proxy.port}/${basename(sourcePath)}`,
      connections: null,
      certificatePath,
    });
    const rounds = Math.min(context.options.rounds, 3);
    const entries = await race(racers, {
      rounds,
      workFolder: context.workFolder,
      check: (folder) => differenceOf(join(folder, outputName), sourcePath),
      prefix: link.prefix,
      say: context.say,
    });
    const peers = entries.map(({ name }) => name).filter((name) => name !== 'sluice');
    const goal = ratioGoal(entries, { of: 'sluice', to: peers, measure: 'wallSeconds', limit: 1 });
    return { kind: 'race', title: this.title, sizeBytes, rounds, entries, goals: goal === null ? [] : [goal] };
  },
};
