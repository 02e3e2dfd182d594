/** A hundred thousand queued downloads: how long a start takes and what it keeps in memory. */
import { join } from 'node:path';
import { figure, runInside } from '../process/run-inside.ts';
import { median } from '../statistics.ts';
import type { BenchCase } from './bench-case.ts';

const count = 100_000;

export const queuedListCase: BenchCase = {
  name: 'queued',
  title: '100 000 queued downloads: from the start of the process to the first snapshot',
  async run(context) {
    const dataFolder = join(context.workFolder, 'data');
    await runInside('queued-list.ts', { words: [dataFolder, 'fill', String(count)] });
    const seconds: number[] = [];
    const peaks: number[] = [];
    for (let round = 0; round < context.options.rounds; round += 1) {
      const figures = await runInside('queued-list.ts', { words: [dataFolder, 'start'] });
      if (figure(figures, 'downloads') !== count) throw new Error('the list did not come back whole');
      seconds.push(figure(figures, 'readySeconds'));
      peaks.push(figure(figures, 'peakBytes') / 1e6);
    }
    return {
      kind: 'facts',
      title: this.title,
      facts: [
        { name: 'start to ready', text: `${median(seconds).toFixed(2)} s` },
        { name: 'peak memory', text: `${median(peaks).toFixed(0)} MB` },
      ],
      goals: [
        { name: 'start to ready', value: median(seconds), limit: 1, unit: 's' },
        { name: 'peak memory', value: median(peaks), limit: 200, unit: 'MB' },
      ],
    };
  },
};
