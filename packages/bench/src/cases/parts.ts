/** The engine's inner parts by themselves: where a slow change shows before it shows in a whole download. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { figure, runInside } from '../process/run-inside.ts';
import type { BenchCase } from './bench-case.ts';

export const partsCase: BenchCase = {
  name: 'parts',
  title: 'Inner parts of the engine, one thread',
  async run(context) {
    const folder = join(context.workFolder, 'parts');
    await mkdir(folder, { recursive: true });
    const figures = await runInside('parts.ts', { words: [folder] });
    const perSecond = (name: string): string => `${Math.round(figure(figures, name)).toLocaleString('en')} /s`;
    return {
      kind: 'facts',
      title: this.title,
      facts: [
        { name: 'journal: extents appended one by one', text: perSecond('journalAppends') },
        { name: 'ledger: extents set', text: perSecond('ledgerSets') },
        { name: 'response heads parsed', text: perSecond('headsParsed') },
        { name: 'CRC-32', text: `${figure(figures, 'crcGigabytes').toFixed(1)} GB/s` },
      ],
      goals: [],
    };
  },
};
