/** The question for a password, on a real terminal: a pseudo-terminal that `script` of util-linux opens. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, onTestFinished, test } from 'vitest';

const program = join(import.meta.dirname, '../../src/main.ts');
const password = 's3cret-pä\u0142';

function hasScript(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
}

interface Screen {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly shown: () => string;
  type(keys: string): void;
  until(text: string): Promise<void>;
}

/** A shell on a terminal of its own. It says how the command ended, and how it left the terminal. */
function openTerminal(words: string, files: Readonly<Record<string, string>> = {}): Screen {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-prompt-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  // `script` itself switches the echo off where its input is no terminal.
  const command = `echo $$ >pid; exec ${process.execPath} ${program} ${words}`;
  const shell = `stty sane; sh -c '${command}'; echo code=$?; stty -a`;
  const child = spawn('script', ['-qfec', shell, '/dev/null'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });
  let text = '';
  const heard = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    for (const tell of heard) tell();
  });
  return {
    child,
    folder,
    shown: () => text,
    type: (keys) => void child.stdin.write(keys),
    async until(wanted) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const check = (): void => {
        if (text.includes(wanted)) resolve();
      };
      heard.add(check);
      child.once('close', () => reject(new Error(`ended before ${wanted}: ${text}`)));
      check();
      await promise.finally(() => heard.delete(check));
    },
  };
}

/** Of `stty -a`: a flag that is off has a minus before it. */
function expectRestored(shown: string): void {
  expect(shown).toMatch(/[ ;]icanon\b/);
  expect(shown).toMatch(/[ ;\n]echo\b/);
  expect(shown).toMatch(/[ ;\n]isig\b/);
}

describe.skipIf(!hasScript())(
  'a password asked for on a terminal (needs script of util-linux)',
  { timeout: 60_000 },
  () => {
    test('is not shown, reaches the server, and leaves the terminal as it was', async () => {
      await using origin = await startOrigin();
      origin.script('/a', ({ headers }) =>
        headers['authorization'] === undefined ? { status: 401, headers: { 'WWW-Authenticate': 'Basic' } } : {},
      );
      origin.serve('/a', { body: 'hello' });
      // Links come from standard input, and errors go into a file: the question is seen all the same.
      const screen = openTerminal('get -i - -u ann <list 2>errors', { list: origin.urlOf('/a') });
      await screen.until('Password for ann: ');
      screen.type(`wrong\u0015${password}\u001b[Dx\u007f\r`);
      await once(screen.child, 'close');
      expect(screen.shown()).toContain('code=0');
      for (const typed of ['wrong', 's3cret']) expect(screen.shown()).not.toContain(typed);
      const sent = origin.requestsOf('/a').map(({ headers }) => headers['authorization'] ?? '');
      expect(sent.at(-1)).toBe(`Basic ${Buffer.from(`ann:${password}`).toString('base64')}`);
      expectRestored(screen.shown());
    });

    test.each([
      ['Ctrl+C', 'half\u0003', 'code=130', ''],
      ['Ctrl+D', '\u0004', 'code=2', 'Set SLUICE_PASSWORD'],
    ])('is given up by %s, and the terminal is as it was', async (_, keys, code, said) => {
      const screen = openTerminal('get -u ann http://127.0.0.1:9/a');
      await screen.until('Password for ann: ');
      screen.type(keys);
      await once(screen.child, 'close');
      expect(screen.shown()).toContain(code);
      expect(screen.shown()).toContain(said);
      expect(screen.shown()).not.toContain('half');
      if (said === '') expect(screen.shown()).not.toContain('SLUICE_PASSWORD');
      expectRestored(screen.shown());
    });

    test('is given up by a signal, and the terminal is as it was', async () => {
      const screen = openTerminal('get -u ann http://127.0.0.1:9/a');
      await screen.until('Password for ann: ');
      screen.type('half');
      process.kill(Number(readFileSync(join(screen.folder, 'pid'), 'utf8')), 'SIGTERM');
      await once(screen.child, 'close');
      expect(screen.shown()).toContain('code=130');
      expectRestored(screen.shown());
    });
  },
);
