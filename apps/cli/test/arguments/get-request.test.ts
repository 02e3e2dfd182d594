/** What `sluice get` accepts, and what it says to everything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRetries, type GetWords, readGetRequest } from '../../src/arguments/get-request.ts';

const link = 'https://example.com/file.iso';

function read(words: GetWords, links: readonly string[] = [link]) {
  return readGetRequest(links, words, '/work');
}

describe('readGetRequest', () => {
  test('defaults to the working folder and to what the engine finds', () => {
    expect(read({})).toEqual({
      kind: 'ok',
      value: {
        links: [link],
        folder: '/work',
        name: null,
        maxConnections: 0,
        bytesPerSecond: 0,
        headers: {},
        request: {},
        usesNetrc: true,
        retries: defaultRetries,
        output: 'progress',
      },
    });
  });

  test.each<[GetWords, object]>([
    [{ dir: 'sub/dir' }, { folder: '/work/sub/dir' }],
    [{ dir: '/elsewhere' }, { folder: '/elsewhere' }],
    [{ dir: '..' }, { folder: '/' }],
    [{ output: 'my file.iso' }, { name: 'my file.iso' }],
    [{ connections: '1' }, { maxConnections: 1 }],
    [{ connections: '64' }, { maxConnections: 64 }],
    [{ limitRate: '2M' }, { bytesPerSecond: 2 * 1024 ** 2 }],
    [{ header: ['A: 1', 'B: 2'] }, { headers: { A: '1', B: '2' } }],
    [{ retries: '0' }, { retries: 0 }],
    [{ retries: 'forever' }, { retries: null }],
    [{ json: true, quiet: true }, { output: 'json' }],
    [{ quiet: true }, { output: 'quiet' }],
  ])('%j', (words, expected) => {
    expect(read(words)).toMatchObject({ kind: 'ok', value: expected });
  });

  test.each<[string, GetWords, readonly string[], object]>([
    ['no link', {}, [], { kind: 'no-link' }],
    ['one name for two links', { output: 'a' }, [link, link], { kind: 'one-name-several-links', links: 2 }],
    ['an empty name', { output: ' ' }, [link], { kind: 'name-empty' }],
    ['a name with a folder', { output: 'sub/dir/a' }, [link], { kind: 'name-has-path', folder: 'sub/dir', name: 'a' }],
    ['an absolute name', { output: '/a' }, [link], { kind: 'name-has-path', folder: '/', name: 'a' }],
    ['a Windows path', { output: 'C:\\x\\a' }, [link], { kind: 'name-has-path', folder: 'C:\\x', name: 'a' }],
    ['a climb', { output: '../a' }, [link], { kind: 'name-has-path', folder: '..', name: 'a' }],
    ['no connections', { connections: '0' }, [link], { kind: 'connections' }],
    ['too many connections', { connections: '65' }, [link], { kind: 'connections' }],
    ['connections in words', { connections: 'all' }, [link], { kind: 'connections' }],
    ['connections in hex', { connections: '0x8' }, [link], { kind: 'connections' }],
    ['a rate in words', { limitRate: 'slow' }, [link], { kind: 'rate' }],
    ['retries below zero', { retries: '-1' }, [link], { kind: 'retries' }],
    ['a header without a colon', { header: ['Referer x'] }, [link], { kind: 'header', text: 'Referer x' }],
    ['a header with a line break', { header: ['A: b\r\nC: d'] }, [link], { kind: 'header' }],
  ])('refuses %s', (_what, words, links, mistake) => {
    expect(readGetRequest(links, words, '/work')).toMatchObject({ kind: 'mistake', mistake });
  });

  test('never throws, whatever is typed', () => {
    const words = fc.record(
      {
        dir: fc.string(),
        output: fc.string(),
        connections: fc.string(),
        limitRate: fc.string(),
        retries: fc.string(),
        header: fc.array(fc.string()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.string()), words, (links, typed) => {
        const result = readGetRequest(links, typed, '/work');
        if (result.kind === 'mistake') return;
        expect(result.value.folder.startsWith('/')).toBe(true);
        expect(result.value.name ?? '').not.toMatch(/[/\\]/);
        expect(result.value.maxConnections).toBeLessThanOrEqual(64);
      }),
    );
  });
});
