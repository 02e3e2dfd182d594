/** Ten thousand small files from one host: what a download costs besides its bytes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNginx } from '@sluice/testkit/servers';
import { race, type Racer } from '../race/race.ts';
import { differenceOf } from '../race/same-bytes.ts';
import { ratioGoal } from '../report/report.ts';
import { writeSourceFile } from '../servers/source-file.ts';
import type { BenchCase } from './bench-case.ts';

const fileBytes = 10_000;

export const smallFilesCase: BenchCase = {
  name: 'small-files',
  title: '10 000 files of 10 KB from one host, a list in, files out',
  async run(context) {
    const count = context.options.quick ? 1000 : 10_000;
    const title = context.options.quick ? `1000 files of 10 KB from one host, a list in, files out` : this.title;
    const names = Array.from({ length: count }, (_, index) => `small-${index}.bin`);
    const folder = join(context.workFolder, 'small');
    await mkdir(folder, { recursive: true });
    for (const name of names) await writeSourceFile(join(folder, name), fileBytes, name);
    await using server = await startNginx({ rootFolder: folder });
    const urls = names.map((name) => `${server.url}/${name}`);
    const listPath = join(context.workFolder, 'list.txt');
    await writeFile(listPath, `${urls.join('\n')}\n`);
    const configPath = join(context.workFolder, 'curl.conf');
    await writeFile(
      configPath,
      urls.map((url, index) => `url = "${url}"\noutput = "${names[index] ?? ''}"\n`).join(''),
    );
    const installed = context.contenders.map(({ name }) => name);
    const racers = racersOver({ listPath, configPath, sluicePath: context.sluicePath });
    const rounds = Math.min(context.options.rounds, 3);
    const entries = await race(
      racers.filter((racer) => installed.includes(racer.name)),
      {
        rounds,
        workFolder: context.workFolder,
        check: (out) => firstDifference({ names, expected: folder, actual: out }),
        say: context.say,
      },
    );
    const goal = ratioGoal(entries, { of: 'sluice', to: ['aria2', 'curl'], measure: 'wallSeconds', limit: 1 });
    return { kind: 'race', title, sizeBytes: count * fileBytes, rounds, entries, goals: goal === null ? [] : [goal] };
  },
};

function racersOver(paths: { listPath: string; configPath: string; sluicePath: string }): readonly Racer[] {
  const { listPath, configPath, sluicePath } = paths;
  return [
    {
      name: 'sluice',
      command: (folder) => ({
        program: process.execPath,
        words: [sluicePath, 'get', '--quiet', '-d', folder, '-i', listPath],
      }),
    },
    {
      name: 'aria2',
      command: (folder) => ({
        program: 'aria2c',
        words: ['--no-conf', '--quiet', '--file-allocation=none', '-j16', '-d', folder, '-i', listPath],
      }),
    },
    {
      name: 'curl',
      command: (folder) => ({
        program: 'curl',
        words: ['-q', '-sSf', '--parallel', '--parallel-max', '16', '-K', configPath],
        folder,
      }),
    },
    {
      name: 'wget',
      command: (folder) => ({ program: 'wget', words: ['--no-config', '-q', '-P', folder, '-i', listPath] }),
    },
    {
      name: 'wget2',
      command: (folder) => ({
        program: 'wget2',
        words: ['--no-config', '-q', '--no-hsts', '--max-threads=16', '-P', folder, '-i', listPath],
      }),
    },
  ];
}

async function firstDifference(ask: {
  readonly names: readonly string[];
  readonly expected: string;
  readonly actual: string;
}): Promise<string | null> {
  for (const name of ask.names) {
    const difference = await differenceOf(join(ask.actual, name), join(ask.expected, name));
    if (difference !== null) return `${name}: ${difference}`;
  }
  return null;
}
