import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Counts,
  checkCounts,
  failedTests,
  playwrightCounts,
  settleCounts,
  skippedNames,
  totalCounts,
  vitestCounts,
} from '../../scripts/lib/counts.mjs';

const passing = { passed: 3, failed: 0, skipped: 0 };

test.each<[name: string, reported: Counts | null, exitCode: number, settled: Counts]>([
  ['all passed', passing, 0, passing],
  ['some failed', { passed: 3, failed: 2, skipped: 0 }, 1, { passed: 3, failed: 2, skipped: 0 }],
  ['no report: it crashed', null, 1, { passed: 0, failed: 1, skipped: 0 }],
  ['no report though it ended well', null, 0, { passed: 0, failed: 1, skipped: 0 }],
  ['nothing ran', { passed: 0, failed: 0, skipped: 0 }, 0, { passed: 0, failed: 1, skipped: 0 }],
  ['everything was skipped', { passed: 0, failed: 0, skipped: 4 }, 0, { passed: 0, failed: 1, skipped: 4 }],
  ['it ended badly after all had passed', passing, 1, { passed: 3, failed: 1, skipped: 0 }],
])('%s', (_name, reported, exitCode, settled) => {
  expect(settleCounts(reported, exitCode)).toEqual(settled);
});

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
  ],
};

test('vitest’s report is read', () => {
  expect(vitestCounts(vitestReport)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('tests that did not run are named', () => {
  const file = {
    assertionResults: [
      { status: 'passed', fullName: 'ran' },
      { status: 'skipped', fullName: 'F69 an owner (skipped: needs root on Linux)' },
    ],
  };
  expect(skippedNames({ testResults: [file] })).toEqual(['F69 an owner (skipped: needs root on Linux)']);
  const specs = [
    { title: 'ran', tests: [{ status: 'expected' }] },
    { title: 'did not', tests: [{ status: 'skipped', projectName: 'server' }] },
  ];
  expect(skippedNames({ suites: [{ suites: [{ specs }] }] })).toEqual(['did not (server)']);
  expect(skippedNames(null)).toEqual([]);
});

test('tests that failed are named with their file and say why, also one that could not be loaded', () => {
  const files = [
    {
      name: '/sluice/test/active.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'ran' },
        { status: 'failed', fullName: 'F35 connections', failureMessages: ['AssertionError: 4 is not 3', 'at active'] },
      ],
    },
    { name: '/sluice/test/broken.test.ts', status: 'failed', message: 'SyntaxError: no', assertionResults: [] },
  ];
  expect(failedTests({ testResults: files })).toEqual([
    { name: 'active.test.ts: F35 connections', reason: 'AssertionError: 4 is not 3\nat active' },
    { name: 'broken.test.ts: the file could not be loaded', reason: 'SyntaxError: no' },
  ]);
  const results = [{ error: { message: 'no button' } }];
  const specs = ['expected', 'unexpected', 'flaky'].map((status) => ({
    title: status,
    file: 'journeys/add.test.ts',
    tests: [{ status, projectName: 'desktop', results }],
  }));
  expect(failedTests({ suites: [{ specs }] })).toEqual([
    { name: 'add.test.ts: unexpected (desktop)', reason: 'no button' },
    { name: 'add.test.ts: flaky (desktop)', reason: 'no button' },
  ]);
  expect(failedTests(null)).toEqual([]);
});

test('a test file that could not be loaded is a failure', () => {
  const broken = { ...vitestReport, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(vitestCounts(broken)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('Playwright’s report is read, and neither a second try nor an error outside of a test passes', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 7, failed: 2, skipped: 2 });
  expect(playwrightCounts({ stats, errors: [{ message: 'no web server' }] })).toEqual({
    passed: 7,
    failed: 3,
    skipped: 2,
  });
});

test('each check counts as one', () => {
  expect(
    checkCounts([
      { name: 'lint', passed: true },
      { name: 'types', passed: false },
    ]),
  ).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test.each([[null], ['text'], [{}], [[]], [{ stats: 'x' }]])('what is no report is none: %j', (report) => {
  expect(vitestCounts(report)).toBeNull();
  expect(playwrightCounts(report)).toBeNull();
});

const anyCounts = fc.record({ passed: fc.nat(), failed: fc.nat(), skipped: fc.nat() });

test('the total is the sum of every suite', () => {
  fc.assert(
    fc.property(fc.array(anyCounts), (all) => {
      const sum = (field: keyof Counts): number => all.map((each) => each[field]).reduce((a, b) => a + b, 0);
      expect(totalCounts(all)).toEqual({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') });
    }),
  );
});

test('a run that ended badly never settles without a failure', () => {
  fc.assert(
    fc.property(fc.option(anyCounts), fc.integer({ min: 1, max: 255 }), (reported, exitCode) => {
      expect(settleCounts(reported, exitCode).failed).toBeGreaterThan(0);
    }),
  );
});
