import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture } from '../../scripts/lib/command.mjs';
import { fixtureRepository } from '../support/fixture-repository.ts';

const cwd = import.meta.dirname;

function runCode(code: string, timeoutMs?: number) {
  return capture(process.execPath, ['-e', code], timeoutMs === undefined ? { cwd } : { cwd, timeoutMs });
}

test('both streams and the exit code come back', async () => {
  const run = await runCode(`console.log('out'); console.error('err'); process.exit(3);`);
  expect(run).toMatchObject({ exitCode: 3, timedOut: false });
  expect(run.output.split('\n').toSorted()).toEqual(['', 'err', 'out']);
});

test('nothing is on its standard input', async () => {
  const run = await runCode(`process.stdin.resume(); process.stdin.on('end', () => console.log('ended'));`);
  expect(run).toMatchObject({ exitCode: 0, output: 'ended\n' });
});

test('a signal counts as a shell counts it', async () => {
  expect(await runCode(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`)).toMatchObject({
    exitCode: 137,
  });
});

test('what cannot be started is a failure with a reason', async () => {
  const run = await capture(join(cwd, 'no-such-program'), [], { cwd });
  expect(run.exitCode).toBe(127);
  expect(run.output).toContain('ENOENT');
});

test('too long is ended, children and all', async () => {
  const holdsItsPipe = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });`;
  expect(await runCode(holdsItsPipe, 500)).toMatchObject({ exitCode: 137, timedOut: true });
});

test('a child left running in the background does not hold up the answer', async () => {
  const leavesOne = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], { stdio: 'inherit', detached: true }).unref(); console.log('done');`;
  expect(await runCode(leavesOne, 15_000)).toMatchObject({ exitCode: 0, output: 'done\n', timedOut: false });
});

function inPlace(program: string): string {
  return `
import { runInPlace } from './packages/tooling/scripts/lib/command.mjs';
process.exitCode = await runInPlace(process.execPath, ['-e', ${JSON.stringify(program)}], { cwd: '.' });
`;
}

test('in place, the exit code is the program’s', async () => {
  const repository = fixtureRepository({ 'outer.mjs': inPlace('process.exit(42)') });
  expect(await capture(process.execPath, ['outer.mjs'], { cwd: repository.root })).toMatchObject({ exitCode: 42 });
});

test('in place, a signal is passed on and the program decides', async () => {
  const program = `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('ready');`;
  const repository = fixtureRepository({});
  writeFileSync(join(repository.root, 'outer.mjs'), inPlace(program));
  const outer = spawn(process.execPath, ['outer.mjs'], { cwd: repository.root, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(outer.stdout, 'data');
  const ended = once(outer, 'close');
  outer.kill('SIGTERM');
  expect(await ended).toEqual([7, null]);
});

test('in place under npm, the program is ended when npm is', async () => {
  const program = `process.on('SIGTERM', () => { console.log('asked to end'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`;
  const repository = fixtureRepository({});
  writeFileSync(join(repository.root, 'outer.mjs'), inPlace(program));
  // Stands in for npm: starts the script and dies of a signal without passing it on.
  const npm = `require('node:child_process').spawn(process.execPath, ['outer.mjs'], { stdio: 'inherit' });`;
  const env = { ...repository.env, npm_lifecycle_event: 'start' };
  const outer = spawn(process.execPath, ['-e', npm], {
    cwd: repository.root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const words: string[] = [];
  for await (const piece of outer.stdout.setEncoding('utf8')) {
    words.push(...String(piece).trim().split('\n'));
    if (words.length === 1) outer.kill('SIGKILL');
  }
  expect(words).toEqual(['ready', 'asked to end']);
});
