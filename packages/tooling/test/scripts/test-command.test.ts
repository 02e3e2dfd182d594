import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureRepository, type FixtureRepository } from '../support/fixture-repository.ts';

/** Stands in for vitest: writes the report it is told to and ends as it is told to. */
function runner(report: object | null, exitCode: number): string {
  return `
import { writeFileSync } from 'node:fs';
const file = process.argv.find((word) => word.startsWith('--outputFile.json='))?.split('=')[1];
const report = ${JSON.stringify(report)};
if (report !== null) writeFileSync(file, JSON.stringify(report));
console.log('\\u001B[31mwhat the runner says\\u001B[39m');
console.log('note: what the runner wants read');
process.exit(${exitCode});
`;
}

function vitestReport(passed: number, failed: number): object {
  return { numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, numTodoTests: 0, testResults: [] };
}

const manifest = '{ "type": "module", "scripts": { "test": "node run.js" } }';

function withPackages(runners: Readonly<Record<string, string>>): FixtureRepository {
  const manifests = Object.keys(runners).map((name): [string, string] => [`packages/${name}/package.json`, manifest]);
  const programs = Object.entries(runners).map(([name, code]): [string, string] => [`packages/${name}/run.js`, code]);
  const repository = fixtureRepository({
    ...Object.fromEntries([...manifests, ...programs]),
    'packages/tooling/src/check.ts': `
      import { writeFileSync } from 'node:fs';
      writeFileSync(process.argv[3], JSON.stringify([{ name: 'types', passed: true }, { name: 'lint', passed: true }]));
    `,
    'apps/server/package.json':
      '{ "scripts": { "build": "node -e \\"fs.mkdirSync(\'dist\');fs.writeFileSync(\'dist/a\',\'\')\\"" } }',
  });
  // Stand-ins for the programs that tests drive: whether they are here is not what is tested.
  for (const name of ['chromium', 'nginx', 'apache2']) {
    repository.write(`bin/${name}`, '');
    chmodSync(join(repository.root, 'bin', name), 0o755);
  }
  repository.env['PATH'] = `${join(repository.root, 'bin')}:${repository.env['PATH'] ?? ''}`;
  return repository;
}

function lines(output: string): readonly string[] {
  return output
    .trim()
    .split('\n')
    .map((line) => line.replace(/ \([\d.]+ s\)$/u, ''));
}

test('checks, builds and tests add up in the last line', async () => {
  const repository = withPackages({ a: runner(vitestReport(40, 0), 0), b: runner(vitestReport(2, 0), 0) });
  const run = await repository.run('test');
  expect(lines(run.output).slice(-7)).toEqual([
    'ok    check       2 passed',
    'ok    a           40 passed',
    '      note: what the runner wants read',
    'ok    b           2 passed',
    '      note: what the runner wants read',
    'ok    build       1 passed',
    '45 passed, 0 failed',
  ]);
  expect(run.exitCode).toBe(0);
});

test('a failing suite is shown in full, the others still run, and the end names what failed and why', async () => {
  const failed = {
    status: 'failed',
    fullName: 'adds',
    failureMessages: ['\u001B[31mError: no\u001B[39m\n    at a.ts:1'],
  };
  const testResults = [{ name: '/a/test/add.test.ts', status: 'failed', assertionResults: [failed] }];
  const report = { ...vitestReport(1, 1), testResults };
  const repository = withPackages({ a: runner(report, 1), b: runner(vitestReport(2, 0), 0) });
  const run = await repository.run('test', '--only', 'a,b');
  expect(lines(run.output).slice(-14)).toEqual([
    'FAIL  a           1 passed, 1 failed',
    '',
    'what the runner says',
    'note: what the runner wants read',
    '',
    'ok    b           2 passed',
    '      note: what the runner wants read',
    '',
    'Failed:',
    '  a',
    '    add.test.ts: adds',
    '      Error: no',
    '      at a.ts:1',
    '3 passed, 1 failed',
  ]);
  expect(run.exitCode).toBe(1);
});

test.each([
  ['crashes', runner(null, 1), '0 passed, 1 failed'],
  ['runs no test', runner(vitestReport(0, 0), 0), '0 passed, 1 failed'],
  ['ends badly with nothing failed', runner(vitestReport(9, 0), 1), '9 passed, 1 failed'],
])('a suite that %s has failed', async (_name, code, last) => {
  const run = await withPackages({ a: code }).run('test', '--only=a');
  expect(lines(run.output).at(-1)).toBe(last);
  expect(run.exitCode).toBe(1);
});

test('a suite that is not there is said so, with those that are', async () => {
  const run = await withPackages({ a: runner(null, 0) }).run('test', '--only', 'engin');
  expect(lines(run.output).at(-1)).toBe('There is no suite called engin. There are check, a, build.');
  expect(run.exitCode).toBe(1);
});

test('an option that is not there is answered in words', async () => {
  const run = await withPackages({}).run('test', '--fast');
  expect(lines(run.output).at(-1)).toBe('Usage: npm test [-- --only SUITE]');
  expect(run.exitCode).toBe(1);
});
