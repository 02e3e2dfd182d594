/** What is secret in a record leaves it and comes back; nothing else moves. */
import { describe, expect, it } from 'vitest';
import { downloadRecordSchema, isSignInNeeded } from '../../src/download/record.ts';
import { givesSecrets, joinSecrets, splitSecrets } from '../../src/download/secrets.ts';
import { hostLessonSchema, isFresh, lessonLifetimeMs } from '../../src/download/host-lesson.ts';
import { SharedParts } from '../../src/download/shared-parts.ts';

const bare = downloadRecordSchema.parse({
  id: '00000000-0000-4000-8000-000000000001',
  url: 'https://example.com/a',
  folder: '/d',
  wantedName: null,
  fileName: null,
  fileIdentity: null,
  headers: {},
  maxConnections: 0,
  checksum: null,
  speedLimitBytesPerSecond: 0,
  state: { kind: 'queued' },
  sizeBytes: null,
  receivedBytes: 0,
  resumable: null,
  addedAtMs: 1,
  position: 1,
});

describe('splitSecrets', () => {
  it('leaves a record without secrets as it is', () => {
    const record = { ...bare, request: { userAgent: 'x', mirrors: ['https://m/'], proxy: 'http://p:1' } };
    expect(splitSecrets(record)).toEqual({ open: record, secrets: null });
    expect(splitSecrets(record).open).toBe(record);
  });

  it.each([
    [{ url: 'https://u:p@example.com/a' }, { url: 'https://example.com/a' }, { url: 'https://u:p@example.com/a' }],
    [{ headers: { 'X-Key': 'k' } }, { headers: {} }, { headers: { 'X-Key': 'k' } }],
    [{ request: { username: 'u', userAgent: 'a' } }, { request: { userAgent: 'a' } }, { request: { username: 'u' } }],
    [{ request: { password: 'p' } }, { request: {} }, { request: { password: 'p' } }],
    [{ request: { cookies: 'c=1' } }, { request: {} }, { request: { cookies: 'c=1' } }],
    [{ request: { cookieFile: 'x' } }, { request: {} }, { request: { cookieFile: 'x' } }],
    [{ request: { body: 'b' } }, { request: {} }, { request: { body: 'b' } }],
    [{ request: { referer: 'https://r/' } }, { request: {} }, { request: { referer: 'https://r/' } }],
    [
      { request: { proxy: 'http://u:p@proxy:1/' } },
      { request: { proxy: 'http://proxy:1/' } },
      { request: { proxy: 'http://u:p@proxy:1/' } },
    ],
    [
      { request: { mirrors: ['https://m/', 'https://u:p@n/'] } },
      { request: { mirrors: ['https://m/', 'https://n/'] } },
      { request: { mirrors: ['https://m/', 'https://u:p@n/'] } },
    ],
  ])('%j', (changes, open, secrets) => {
    const record = { ...bare, ...changes };
    const split = splitSecrets(record);
    expect(split.open).toMatchObject(open);
    expect(JSON.stringify(split.open)).not.toMatch(/:p@|"password"|"k"|c=1/);
    expect(split.secrets).toEqual(secrets);
    expect(joinSecrets(split.open, split.secrets ?? {})).toEqual(record);
  });
});

describe('givesSecrets', () => {
  it.each([
    [{ url: 'https://u:p@a/' }, {}, true],
    [{ url: 'https://a/' }, {}, false],
    [{ headers: {} }, {}, true],
    [{ request: { password: 'p' } }, {}, true],
    [{ request: { userAgent: 'p' } }, {}, false],
    [{}, {}, false],
    [{ request: { password: 'p' } }, { method: 'POST' }, false],
    [{ request: { password: 'p' } }, { method: 'POST', body: '' }, true],
    [{ request: { password: 'p' } }, { method: 'GET' }, true],
    [{ request: { password: 'p' } }, { method: 'HEAD' }, true],
  ] as const)('%j with %j: %s', (change, merged, expected) => {
    expect(givesSecrets(change, merged)).toBe(expected);
  });
});

describe('a record', () => {
  it('of an older version is read with what came later filled in', () => {
    expect(bare).toMatchObject({
      request: {},
      onChanged: 'ask',
      change: null,
      leavesAlone: [],
      verifiedBy: null,
      verifiedFrom: null,
      maxAttempts: null,
      queueId: 'main',
      priority: 'normal',
    });
  });

  it.each([
    [{ kind: 'failed', error: { code: 'sign-in-needed' } }, true],
    [{ kind: 'failed', error: { code: 'stalled' } }, false],
    [{ kind: 'paused' }, false],
  ] as const)('%j needs a sign-in: %s', (state, expected) => {
    expect(isSignInNeeded(state)).toBe(expected);
  });

  it('shares what is the same in many', () => {
    const parts = new SharedParts();
    const [a, b] = [0, 1].map(() => parts.of(structuredClone(bare)));
    expect(a).toEqual(bare);
    expect(a?.state).toBe(b?.state);
    expect(a?.headers).toBe(b?.headers);
    expect(a?.request).toBe(b?.request);
    const own = {
      ...bare,
      headers: { a: 'b' },
      request: { userAgent: 'x' },
      state: { kind: 'failed', error: { code: 'stalled' } },
    } as const;
    expect(parts.of(structuredClone({ ...own }))).toEqual(own);
  });
});

describe('a lesson of a host', () => {
  const lesson = hostLessonSchema.parse({ host: 'a', level: 1, refusedAbove: null, learnedAtMs: 1000 });

  it.each([
    [999, false],
    [1000, true],
    [1000 + lessonLifetimeMs - 1, true],
    [1000 + lessonLifetimeMs, false],
  ])('at %d is fresh: %s', (nowMs, expected) => {
    expect(isFresh(lesson, nowMs)).toBe(expected);
  });

  it.each([{ host: '' }, { level: 0 }, { level: 1.5 }, { refusedAbove: 0 }, { refusedBecause: 'mood' }])(
    'is refused with %j',
    (changes) => {
      expect(hostLessonSchema.safeParse({ ...lesson, ...changes }).success).toBe(false);
    },
  );

  it('may say how connections were turned away', () => {
    expect(hostLessonSchema.parse({ ...lesson, refusedBecause: 'displaced' }).refusedBecause).toBe('displaced');
    expect(lessonLifetimeMs).toBe(86_400_000);
  });
});
