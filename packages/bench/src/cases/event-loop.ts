/** How long the main thread keeps a window waiting while the engine saturates it. */
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { figure, runInside } from '../process/run-inside.ts';
import { median } from '../statistics.ts';
import type { BenchCase } from './bench-case.ts';

export const eventLoopCase: BenchCase = {
  name: 'event-loop',
  title: 'Event-loop delay of the main thread while 16 connections saturate it',
  async run(context) {
    const sizeBytes = context.options.quick ? 1024 ** 3 : context.options.sizeBytes;
    const sourcePath = await context.source(sizeBytes);
    await using server = await startNginx({ rootFolder: context.sourceFolder });
    const found: Array<Readonly<Record<string, number>>> = [];
    for (let round = 0; round < Math.min(3, context.options.rounds); round += 1) {
      const folder = join(context.workFolder, 'out-event-loop');
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      found.push(await runInside('event-loop.ts', { words: [`${server.url}/${basename(sourcePath)}`, folder] }));
      await rm(folder, { recursive: true, force: true });
    }
    const of = (name: string): number => median(found.map((figures) => figure(figures, name)));
    return {
      kind: 'facts',
      title: this.title,
      facts: ['p50', 'p99', 'max'].map((name) => ({ name, text: `${of(name).toFixed(1)} ms` })),
      goals: [{ name: 'p99', value: of('p99'), limit: 20, unit: 'ms' }],
    };
  },
};
