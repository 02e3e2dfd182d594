/** What a command run in this process gets, and what it has written. */
import { join } from 'node:path';
import type { CliContext } from '../../src/cli-context.ts';

export interface Written {
  out: string;
  error: string;
}

/** No terminal, no environment, and a clock that stands. */
export function contextIn(folder: string): { readonly context: CliContext; readonly written: Written } {
  const written = { out: '', error: '' };
  const context: CliContext = {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    terminal: false,
    size: () => ({ columns: 80, rows: 24 }),
    environment: {},
    platform: 'linux',
    workingFolder: folder,
    uiFolder: join(folder, 'ui'),
    askSecret: async () => null,
    interrupted: new AbortController().signal,
    nowMs: () => 0,
  };
  return { context, written };
}
