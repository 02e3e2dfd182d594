/** What `sluice get` accepts, and what it says to everything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRetries, type RawGetCommandOptions, readGetRequest } from '../../../src/commands/get/request.ts';

const link = 'https://example.com/file.iso';

function read(words: RawGetCommandOptions, links: readonly string[] = [link]) {
  return readGetRequest(links, words, '/work');
}

describe('readGetRequest', () => {
  test('defaults to the working folder and to what the engine finds', () => {
    expect(read({})).toEqual({
      kind: 'ok',
      value: {
        downloads: [
          { url: link, folder: '/work', maxAttempts: defaultRetries + 1, onChanged: 'new', headers: {}, request: {} },
        ],
        maxRunning: null,
        bytesPerSecond: 0,
        usesNetrc: true,
        keepsServerTime: true,
        marksOrigin: true,
        skipsPresent: false,
        retryWaitMs: null,
        maxAttempts: defaultRetries + 1,
        waitNetworkMs: 600_000,
        output: 'progress',
        logLevel: null,
      },
    });
  });

  test.each<[RawGetCommandOptions, object]>([
    [{ dir: 'sub/dir' }, { downloads: [{ folder: '/work/sub/dir' }] }],
    [{ dir: '/elsewhere' }, { downloads: [{ folder: '/elsewhere' }] }],
    [{ dir: '..' }, { downloads: [{ folder: '/' }] }],
    [{ out: 'my file.iso' }, { downloads: [{ name: 'my file.iso' }] }],
    [{ connections: '1' }, { downloads: [{ maxConnections: 1 }] }],
    [{ connections: '64' }, { downloads: [{ maxConnections: 64 }] }],
    [{ connections: '8', split: '4' }, { downloads: [{ maxConnections: 4 }] }],
    [{ split: '5' }, { downloads: [{ maxConnections: 5 }] }],
    [{ maxDownloadLimit: '1K' }, { downloads: [{ speedLimitBytesPerSecond: 1024 }] }],
    [{ checksum: `sha-256=${'a'.repeat(64)}` }, { downloads: [{ checksum: `sha-256=${'a'.repeat(64)}` }] }],
    [{ waitNetwork: '90' }, { waitNetworkMs: 90_000 }],
    [{ waitNetwork: '1.5h' }, { waitNetworkMs: 5_400_000 }],
    [{ waitNetwork: '0' }, { waitNetworkMs: 0 }],
    [{ waitNetwork: 'forever' }, { waitNetworkMs: null }],
    [{ retries: 'forever' }, { waitNetworkMs: null }],
    [{ limitRate: '2M' }, { bytesPerSecond: 2 * 1024 ** 2 }],
    [{ maxConcurrentDownloads: '8' }, { maxRunning: 8 }],
    [{ header: ['A: 1', 'B: 2'] }, { downloads: [{ headers: { A: '1', B: '2' } }] }],
    [{ httpUser: 'ann', httpPasswd: 'x' }, { downloads: [{ request: { username: 'ann', password: 'x' } }] }],
    [{ checkCertificate: 'false' }, { downloads: [{ request: { insecure: true } }] }],
    [{ continue: 'true', checkCertificate: 'true' }, { downloads: [{ request: {} }] }],
    [{ httpsProxy: 'http://p:1' }, { downloads: [{ request: { proxy: 'http://p:1' } }] }],
    [{ httpProxy: 'http://p:1' }, { downloads: [{ request: {} }] }],
    [{ proxy: 'http://p:1', direct: 'example.com' }, { downloads: [{ request: { proxy: 'none' } }] }],
    [{ proxy: 'http://p:1', direct: 'ample.com' }, { downloads: [{ request: { proxy: 'http://p:1' } }] }],
    [{ serverTime: false }, { keepsServerTime: false }],
    [{ markOrigin: false }, { marksOrigin: false }],
    [{ skipPresent: true }, { skipsPresent: true }],
    [{ retries: '0' }, { maxAttempts: 1, downloads: [{ maxAttempts: 1 }] }],
    [{ findChecksum: false }, { downloads: [{ findChecksum: false }] }],
    [{ retries: 'forever' }, { maxAttempts: null, downloads: [{ maxAttempts: 0 }] }],
    [{ maxTries: '1' }, { maxAttempts: 1 }],
    [{ maxTries: '0' }, { maxAttempts: null }],
    [{ retryWait: '2' }, { retryWaitMs: 2000 }],
    [{ timeout: '5' }, { downloads: [{ request: { timeouts: { idleTimeoutMs: 5000 } } }] }],
    [{ json: true, quiet: true }, { output: 'json' }],
    [{ quiet: true }, { output: 'quiet' }],
  ])('%j', (words, expected) => {
    expect(read(words)).toMatchObject({ kind: 'ok', value: expected });
  });

  test.each<[string, RawGetCommandOptions, readonly string[], object]>([
    ['no link', {}, [], { kind: 'no-link' }],
    ['one name for two links', { out: 'a' }, [link, link], { kind: 'one-name-several-links', links: 2 }],
    ['an empty name', { out: ' ' }, [link], { kind: 'name-empty' }],
    ['a name with a folder', { out: 'sub/dir/a' }, [link], { kind: 'name-has-path', folder: 'sub/dir', name: 'a' }],
    ['an absolute name', { out: '/a' }, [link], { kind: 'name-has-path', folder: '/', name: 'a' }],
    ['a Windows path', { out: 'C:\\x\\a' }, [link], { kind: 'name-has-path', folder: 'C:\\x', name: 'a' }],
    ['a climb', { out: '../a' }, [link], { kind: 'name-has-path', folder: '..', name: 'a' }],
    ['no connections', { connections: '0' }, [link], { kind: 'connections' }],
    ['too many connections', { connections: '65' }, [link], { kind: 'connections' }],
    ['connections in words', { connections: 'all' }, [link], { kind: 'connections' }],
    ['connections in hex', { connections: '0x8' }, [link], { kind: 'connections' }],
    ['a rate in words', { limitRate: 'slow' }, [link], { kind: 'rate' }],
    [
      'a rate in words for each',
      { maxDownloadLimit: 'slow' },
      [link],
      { kind: 'rate', option: '--max-download-limit' },
    ],
    ['no downloads at once', { maxConcurrentDownloads: '0' }, [link], { kind: 'number', least: 1, most: 64 }],
    ['a checksum that is none', { checksum: 'sha-256=xyz' }, [link], { kind: 'checksum' }],
    ['tries in words', { maxTries: 'many' }, [link], { kind: 'tries' }],
    [
      'a password without a name',
      { httpPasswd: 'x' },
      [link],
      { kind: 'goes-with', option: '--http-passwd', other: '--http-user' },
    ],
    ['a proxy that is none', { httpProxy: 'what' }, [link], { kind: 'request', option: '--http-proxy' }],
    ['to begin anew', { continue: 'false' }, [link], { kind: 'always-continues' }],
    ['an answer that is none', { checkCertificate: 'no' }, [link], { kind: 'yes-or-no' }],
    ['a range that runs backwards', {}, ['http://a/[9-1]'], { kind: 'pattern-range', range: '[9-1]' }],
    ['more links than one command takes', {}, ['http://a/[1-1000]/[1-1000]'], { kind: 'too-many-links' }],
    ['a list that is not there', { inputFile: ['gone.txt'] }, [], { kind: 'list-unreadable', path: 'gone.txt' }],
    ['retries below zero', { retries: '-1' }, [link], { kind: 'retries' }],
    ['a header without a colon', { header: ['Referer x'] }, [link], { kind: 'header', text: 'Referer x' }],
    ['a header with a line break', { header: ['A: b\r\nC: d'] }, [link], { kind: 'header' }],
  ])('refuses %s', (_what, words, links, usageError) => {
    expect(readGetRequest(links, words, '/work')).toMatchObject({ kind: 'usage-error', usageError });
  });

  test('never throws, whatever is typed', () => {
    const words = fc.record(
      {
        dir: fc.string(),
        out: fc.string(),
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
        if (result.kind === 'usage-error') return;
        for (const download of result.value.downloads) {
          expect(download.folder.startsWith('/')).toBe(true);
          expect(download.name ?? '').not.toMatch(/[/\\]/);
          expect(download.maxConnections ?? 0).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
