/** How each program is told to do the same thing: one link into one file, over a given number of connections. */
import { join } from 'node:path';
import type { Command } from '../process/measured-process.ts';

export interface Job {
  readonly url: string;
  readonly folder: string;
  readonly fileName: string;
  /** Null: the program's own choice. */
  readonly connections: number | null;
  /** Trusted for https. */
  readonly certificatePath: string;
}

export interface Contender {
  readonly name: string;
  /** To be found on the PATH; null for our own. */
  readonly program: string | null;
  /** Can use several connections for one file. */
  readonly isParallel: boolean;
  command(job: Job): Command;
}

/** @param sluicePath the built command */
export function contenders(sluicePath: string): readonly Contender[] {
  return [sluice(sluicePath), aria2, curl, wget, wget2, axel];
}

function sluice(path: string): Contender {
  return {
    name: 'sluice',
    program: null,
    isParallel: true,
    command: ({ url, folder, fileName, connections, certificatePath }) => ({
      program: process.execPath,
      words: [
        path,
        'get',
        '--quiet',
        '-d',
        folder,
        '-o',
        fileName,
        ...(connections === null ? [] : ['-c', String(connections)]),
        url,
      ],
      environment: { NODE_EXTRA_CA_CERTS: certificatePath },
    }),
  };
}

const aria2: Contender = {
  name: 'aria2',
  program: 'aria2c',
  isParallel: true,
  command: ({ url, folder, fileName, connections, certificatePath }) => ({
    program: 'aria2c',
    words: [
      '--no-conf',
      '--quiet',
      '--file-allocation=none',
      `--ca-certificate=${certificatePath}`,
      `-x${connections ?? 16}`,
      `-s${connections ?? 16}`,
      '-k1M',
      '-d',
      folder,
      '-o',
      fileName,
      url,
    ],
  }),
};

const curl: Contender = {
  name: 'curl',
  program: 'curl',
  isParallel: false,
  command: ({ url, folder, fileName, certificatePath }) => ({
    program: 'curl',
    words: ['-q', '-sSf', '--cacert', certificatePath, '-o', join(folder, fileName), url],
  }),
};

const wget: Contender = {
  name: 'wget',
  program: 'wget',
  isParallel: false,
  command: ({ url, folder, fileName, certificatePath }) => ({
    program: 'wget',
    words: ['--no-config', '-q', `--ca-certificate=${certificatePath}`, '-O', join(folder, fileName), url],
  }),
};

const wget2: Contender = {
  name: 'wget2',
  program: 'wget2',
  isParallel: true,
  command: ({ url, folder, fileName, connections, certificatePath }) => ({
    program: 'wget2',
    words: [
      '--no-config',
      '-q',
      '--no-hsts',
      `--ca-certificate=${certificatePath}`,
      ...(connections === 1 ? [] : [`--max-threads=${connections ?? 16}`, '--chunk-size=4M']),
      '-O',
      join(folder, fileName),
      url,
    ],
  }),
};

const axel: Contender = {
  name: 'axel',
  program: 'axel',
  isParallel: true,
  // It checks no name that is an address, so it checks nothing.
  command: ({ url, folder, fileName, connections }) => ({
    program: 'axel',
    words: [
      '-q',
      ...(url.startsWith('https:') ? ['-k'] : []),
      '-n',
      String(connections ?? 16),
      '-o',
      join(folder, fileName),
      url,
    ],
  }),
};
