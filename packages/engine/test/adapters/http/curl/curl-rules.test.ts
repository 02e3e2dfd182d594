/** What the curl backend decides without running anything: codes, configurations, accounts and lists of hosts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCurlConfig } from '../../../../src/adapters/http/curl/curl-config.ts';
import { demandScheme, parseCurlVersion } from '../../../../src/adapters/http/curl/curl-features.ts';
import { parseCurlTarget } from '../../../../src/adapters/http/curl/curl-target.ts';
import { type CurlFailure, judgeExit } from '../../../../src/adapters/http/curl/exit-codes.ts';
import { FtpHead } from '../../../../src/adapters/http/curl/heads/ftp-head.ts';
import { headOfFile } from '../../../../src/adapters/http/curl/heads/head.ts';
import { mergeKnownHosts } from '../../../../src/adapters/http/curl/known-hosts.ts';
import { TransferWatch } from '../../../../src/adapters/http/curl/transfer-watch.ts';
import { LineCutter, parseTraceLine } from '../../../../src/adapters/http/curl/trace.ts';

const failure: CurlFailure = {
  exitCode: 0,
  message: '',
  scheme: 'ftp',
  isProxied: false,
  dialReasons: [],
  reply: null,
  isHostKnown: null,
  hasHead: false,
};

describe('exit codes', () => {
  test.each<[Partial<CurlFailure>, string, object]>([
    [{ exitCode: 3 }, 'url-invalid', {}],
    [{ exitCode: 6 }, 'dns-not-found', {}],
    [{ exitCode: 7, dialReasons: ['Connection refused'] }, 'connect-refused', { reason: 'ECONNREFUSED' }],
    [{ exitCode: 7, dialReasons: ['Network is unreachable', 'Connection refused'] }, 'connect-refused', {}],
    [{ exitCode: 7, dialReasons: ['No route to host'] }, 'unreachable', {}],
    [{ exitCode: 7, dialReasons: ['Connection timed out'] }, 'connect-timeout', {}],
    [
      { exitCode: 7, isProxied: true, dialReasons: ['Connection refused'] },
      'proxy-failed',
      { reason: 'Connection refused' },
    ],
    [
      { exitCode: 56, isProxied: true, message: 'CONNECT tunnel failed, response 407' },
      'proxy-auth-required',
      { status: 407 },
    ],
    [
      { exitCode: 56, isProxied: true, message: 'CONNECT tunnel failed, response 502' },
      'proxy-failed',
      { status: 502 },
    ],
    [{ exitCode: 97, isProxied: true, message: 'No authentication method was acceptable.' }, 'proxy-auth-required', {}],
    [{ exitCode: 9, reply: 550 }, 'http-not-found', { reply: 550 }],
    [{ exitCode: 9, scheme: 'sftp' }, 'http-forbidden', {}],
    [{ exitCode: 19, reply: 553 }, 'http-forbidden', {}],
    [{ exitCode: 8, reply: 421 }, 'http-unavailable', { reply: 421 }],
    [{ exitCode: 18, reply: 426, hasHead: true }, 'body-short', {}],
    [{ exitCode: 56, hasHead: true }, 'connection-reset', {}],
    [{ exitCode: 56, scheme: 'http', message: 'Malformed encoding found in chunked-encoding' }, 'http-malformed', {}],
    [{ exitCode: 60, scheme: 'sftp', isHostKnown: true }, 'ssh-host-key', { problem: 'changed' }],
    [{ exitCode: 60, scheme: 'scp', isHostKnown: false }, 'ssh-host-key', { problem: 'unknown' }],
    [
      { exitCode: 60, scheme: 'ftps', message: 'SSL certificate problem: certificate has expired' },
      'tls-certificate',
      { problem: 'expired' },
    ],
    [{ exitCode: 60, scheme: 'https', message: 'something new' }, 'tls-certificate', { problem: 'other' }],
    [{ exitCode: 67, reply: 530 }, 'http-unauthorized', {}],
    [{ exitCode: 78 }, 'http-not-found', {}],
    [{ exitCode: 4711 }, 'internal', { exitCode: 4711 }],
  ])('%j is %s', (seen, code, facts) => {
    const verdict = judgeExit({ ...failure, ...seen });
    expect(verdict.code).toBe(code);
    expect(verdict.facts ?? {}).toMatchObject(facts);
  });
});

describe('what curl notes on the way', () => {
  const target = parseCurlTarget({
    url: 'sftp://files.example/f',
    method: 'GET',
    headers: [],
    headTimeoutMs: 1000,
    idleTimeoutMs: 1000,
  });

  test.each([
    ['of curl 7', 'Found host files.example in /h/.ssh/known_hosts', 'changed'],
    ['of curl 8', "SSH: found host 'files.example' in '/h/.ssh/known_hosts'", 'changed'],
    ['of curl 7', 'Did not find host files.example in /h/.ssh/known_hosts', 'unknown'],
    ['of curl 8', "SSH: did not find host 'files.example' in '/h/.ssh/known_hosts'", 'unknown'],
  ])('whose key was refused, in the words %s: %s', (_version, text, problem) => {
    const watch = new TransferWatch(target);
    watch.take({ kind: 'note', text });
    const error = watch.errorOf({ exitCode: 60, message: '', hasHead: false });
    expect(error).toMatchObject({ code: 'ssh-host-key', facts: { problem } });
  });
});

describe('configurations', () => {
  test('quotes and backslashes stay what they are, transfers are parted', () => {
    const config = writeCurlConfig([
      [
        ['url', 'ftp://h/a'],
        ['silent', true],
      ],
      [['user', String.raw`a"b\n:c`]],
    ]);
    expect(config.toString()).toBe(String.raw`url = "ftp://h/a"
silent
next
user = "a\"b\\n:c"
`);
  });

  test('a header keeps its bytes, other text is UTF-8', () => {
    expect(writeCurlConfig([[['header', 'X: caf\u00e9']]]).toString('latin1')).toBe('header = "X: caf\u00e9"\n');
    expect(writeCurlConfig([[['user', 'caf\u00e9:x']]]).toString('utf8')).toBe('user = "caf\u00e9:x"\n');
  });

  test('no value ever begins a line of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        let text: string;
        try {
          text = writeCurlConfig([[['user', value]]]).toString();
        } catch (error) {
          expect(error).toMatchObject({ code: 'request-invalid', facts: { name: 'user' } });
          return;
        }
        expect(text).toMatch(/^user = "(?:[^"\\\n\r\0]|\\["\\])*"\n$/u);
      }),
    );
  });
});

describe('what a curl can do', () => {
  const features = parseCurlVersion(
    'curl 7.88.1 (x86_64) libcurl/7.88.1\nRelease-Date: x\nProtocols: file ftp http https \nFeatures: SSL\n',
  );

  test('is read from what it says', () => {
    expect(features?.version).toBe('7.88.1');
    expect([...(features?.protocols ?? [])]).toEqual(['file', 'ftp', 'http', 'https']);
    expect(parseCurlVersion('command not found')).toBeNull();
  });

  test.each([
    [null, 'ftp', { missing: 'curl', scheme: 'ftp' }],
    [features, 'sftp', { missing: 'sftp', scheme: 'sftp', program: 'curl', version: '7.88.1' }],
    [
      parseCurlVersion('curl 7.68.0 (x)\nProtocols: ftp\n'),
      'ftp',
      { missing: 'curl 7.75', scheme: 'ftp', program: 'curl', version: '7.68.0' },
    ],
  ])('%#: what is missing is named', (some, scheme, facts) => {
    expect(() => demandScheme(some, scheme)).toThrow(expect.objectContaining({ code: 'unsupported', facts }));
  });

  test('is enough', () => {
    expect(() => demandScheme(features, 'ftp')).not.toThrow();
    expect(() => demandScheme(parseCurlVersion('curl 8.0.0 (x)\nProtocols: ftp\n'), 'ftp')).not.toThrow();
  });
});

describe('accounts', () => {
  test('lines come out whole however they are cut up', () => {
    const text = '> SIZE a\r\n< 213 5\r\n\r\nlast';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (size) => {
        const cutter = new LineCutter();
        const lines = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
          cutter.take(text.slice(index * size, (index + 1) * size)),
        ).flat();
        expect(lines).toEqual(['> SIZE a', '< 213 5', '']);
      }),
    );
  });

  test('a result is one only with the mark that was agreed', () => {
    expect(parseTraceLine('mark 78 no such file', 'mark')).toEqual({
      kind: 'result',
      exitCode: 78,
      message: 'no such file',
    });
    expect(parseTraceLine('mark 0 ', 'mark')).toEqual({ kind: 'result', exitCode: 0, message: '' });
    expect(parseTraceLine('< mark 0 ', 'mark')).toEqual({ kind: 'received', text: 'mark 0 ' });
    expect(parseTraceLine('curl: (78) mark', 'mark')).toBeNull();
  });

  test.each([
    ['213 20200102030405', 'Thu, 02 Jan 2020 03:04:05 GMT'],
    ['213 20200102030405.123', 'Thu, 02 Jan 2020 03:04:05 GMT'],
    ['213 2020', undefined],
    ['213 yesterday', undefined],
    ['550 no', undefined],
  ])('MDTM %j tells %s', (reply, expected) => {
    const head = new FtpHead(null);
    for (const line of ['> MDTM a', `< ${reply}`, '> SIZE a', '< 213 10', '> RETR a']) {
      const parsed = parseTraceLine(line, 'mark');
      expect(parsed === null ? null : head.take(parsed)).toBeNull();
    }
    const outcome = head.take({ kind: 'received', text: '150 here it comes' });
    expect(outcome).toMatchObject({ kind: 'head', head: { status: 200, lengthBytes: 10 } });
    const headers = outcome?.kind === 'head' ? new Map(outcome.head.headers) : new Map<string, string>();
    expect(headers.get('last-modified')).toBe(expected);
  });
});

test('a part is told from another only where the size is known, and never reaches beyond it', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.option(fc.nat(1000)), fc.nat(1000), (start, length, sizeBytes) => {
      const range = { start, end: length === null ? null : start + 1 + length };
      expect(headOfFile({ range, sizeBytes: null, modifiedSeconds: null })).toEqual({ kind: 'again' });
      const outcome = headOfFile({ range, sizeBytes, modifiedSeconds: null });
      if (outcome.kind !== 'head') throw new Error('no head');
      const { status, headers, lengthBytes } = outcome.head;
      const contentRange = new Map(headers).get('content-range');
      const end = Math.min(range.end ?? sizeBytes, sizeBytes);
      expect([status, contentRange, lengthBytes]).toEqual(
        start >= sizeBytes
          ? [416, `bytes */${sizeBytes}`, 0]
          : [206, `bytes ${start}-${end - 1}/${sizeBytes}`, end - start],
      );
    }),
  );
});

test('known hosts: comments and marked lines stay out, and so does a key that was revoked', () => {
  const merged = mergeKnownHosts([
    '# mine\n\na.test ssh-ed25519 AAAA1 me\n@cert-authority *.test ssh-rsa AAAA2\r\n',
    'b.test ssh-rsa AAAA3\n@revoked * ssh-ed25519 AAAA1\n[c.test]:22 ssh-rsa AAAA4',
  ]);
  expect(merged).toBe('b.test ssh-rsa AAAA3\n[c.test]:22 ssh-rsa AAAA4\n');
});
