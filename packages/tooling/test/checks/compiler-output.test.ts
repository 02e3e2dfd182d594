/** The compiler's plain output is taken apart into findings and files. */
import { expect, test } from 'vitest';
import { readCompilerOutput } from '../../src/checks/compiler-output.ts';

test('findings keep their explanations; files stand apart', () => {
  const output = [
    'packages/a/src/x.ts(1,2): error TS2379: No.',
    "  Types of property 'p' are incompatible.",
    'error TS18003: No inputs were found in config file.',
    '/w/packages/a/src/x.ts',
    'C:\\w\\packages\\a\\src\\y.ts',
    '',
  ].join('\n');
  expect(readCompilerOutput(output)).toEqual({
    findings: [
      "packages/a/src/x.ts(1,2): error TS2379: No.\n  Types of property 'p' are incompatible.",
      'error TS18003: No inputs were found in config file.',
    ],
    files: ['/w/packages/a/src/x.ts', 'C:\\w\\packages\\a\\src\\y.ts'],
  });
});

test('a finding in an absolute path is a finding', () => {
  const line = '/elsewhere/a.ts(1,2): error TS1005: no.';
  expect(readCompilerOutput(line)).toEqual({ findings: [line], files: [] });
});
