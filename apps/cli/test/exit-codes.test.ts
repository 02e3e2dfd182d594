/** That every failure has an exit code of its kind, and that help and README tell the same table. */
import { readFileSync } from 'node:fs';
import { errorCodes, type ErrorCode } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { exitCodeOf, exitCodes, exitMeanings, type ExitKind } from '../src/exit-codes.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The rows of the README's table: number, then the codes in it. */
function readmeTable(): ReadonlyMap<number, readonly string[]> {
  const rows = [...readme.matchAll(/^\| *(\d+) *\|[^|]*\|([^|]*)\|$/gm)];
  return new Map(
    rows.map(([, number, codes]) => [
      Number(number),
      [...(codes ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? ''),
    ]),
  );
}

describe('exit codes', () => {
  test.each<[ErrorCode, number]>([
    ['connect-refused', 3],
    ['dns-not-found', 3],
    ['http-server-error', 4],
    ['http-not-found', 5],
    ['http-gone', 5],
    ['http-unauthorized', 6],
    ['disk-full', 7],
    ['file-access-denied', 8],
    ['resource-changed', 9],
    ['checksum-mismatch', 9],
    ['port-in-use', 10],
    ['host-busy', 10],
    ['url-unsupported', 2],
    ['name-invalid', 2],
    ['aborted', 130],
    ['internal', 1],
  ])('%s is %d', (code, exitCode) => {
    expect(exitCodeOf(code)).toBe(exitCode);
  });

  test('no error is a success', () => {
    for (const code of errorCodes) expect(exitCodeOf(code), code).not.toBe(exitCodes.ok);
  });

  test('no number is used twice, and each has a meaning', () => {
    const kinds = Object.keys(exitCodes) as ExitKind[];
    expect(new Set(Object.values(exitCodes)).size).toBe(kinds.length);
    for (const kind of kinds) expect(exitMeanings[kind]).not.toBe('');
  });

  test('the README lists each number with exactly its error codes', () => {
    const table = readmeTable();
    expect([...table.keys()]).toEqual(Object.values(exitCodes));
    for (const [number, codes] of table) {
      expect(codes.toSorted(), `exit code ${number}`).toEqual(
        errorCodes.filter((code) => exitCodeOf(code) === number).toSorted(),
      );
    }
  });
});
