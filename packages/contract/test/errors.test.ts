/** That errors keep their meaning as data, and that what is stored or sent parses back. */
import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  defaultSettings,
  errorCodes,
  errorFromInfo,
  errorInfoSchema,
  errorToInfo,
  methods,
  type Settings,
  type SettingsPatch,
  settingsPatchSchema,
  settingsSchema,
  SluiceError,
} from '../src/index.ts';

const facts = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.oneof(fc.string(), fc.integer()),
);

test('the answer that was a failure stays in its process: its headers may hold secrets', () => {
  const response = { status: 403, headers: { 'set-cookie': 'session=secret' } };
  const error = new SluiceError('http-forbidden', undefined, { facts: { status: 403 }, response });
  expect(error.response).toEqual(response);
  expect(JSON.stringify(errorToInfo(error))).not.toContain('secret');
  expect(errorFromInfo(errorToInfo(error))).toMatchObject({ facts: { status: 403 }, response: null });
});

describe('errors as data', () => {
  test('come back with the same code, detail and facts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...errorCodes),
        fc.option(fc.string(), { nil: undefined }),
        facts,
        (code, detail, given) => {
          const error = new SluiceError(code, detail, { facts: given, cause: new Error('stays here') });
          const text = JSON.stringify(errorToInfo(error));
          const back = errorFromInfo(errorInfoSchema.parse(JSON.parse(text)));
          expect(back.code).toBe(code);
          expect(back.message).toBe(detail ?? code);
          expect(back.facts).toEqual(given);
          expect(text).not.toContain('stays here');
        },
      ),
    );
  });

  test.each([
    [new TypeError('x is not a function'), 'x is not a function'],
    ['a string', 'a string'],
    [undefined, 'undefined'],
  ])('%s is internal', (thrown, detail) => {
    expect(errorToInfo(thrown)).toEqual({ code: 'internal', detail });
  });

  test('no code is named twice', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length);
  });
});

describe('settings', () => {
  test('a file from before a setting existed parses, with its default', () => {
    expect(settingsSchema.parse({ maxRunning: 7, leftOver: true })).toEqual({ ...defaultSettings, maxRunning: 7 });
  });

  test('a patch carries every setting and fills nothing in', () => {
    expect(Object.keys(settingsPatchSchema.shape).toSorted()).toEqual(Object.keys(settingsSchema.shape).toSorted());
    expect(settingsPatchSchema.parse({})).toEqual({});
    expectTypeOf<SettingsPatch>().toEqualTypeOf<{ -readonly [Name in keyof Settings]?: Settings[Name] }>();
  });

  test.each([
    ['maxRunning', 0],
    ['theme', 'blue'],
    ['notify', undefined],
    ['hostLimits', [{ host: 'a b' }]],
  ])('a patch with a wrong value is refused by its name: %s = %j', (name, value) => {
    const problems = settingsPatchSchema.safeParse({ [name]: value }).error?.issues ?? [];
    expect(problems.map(({ path }) => path[0])).toEqual([name]);
  });
});

describe('params', () => {
  test.each([
    ['add', { downloads: [] }],
    ['add', { downloads: [{ url: '' }] }],
    ['add', { downloads: [{ url: 'x'.repeat(65_537) }] }],
    ['pause', { ids: [] }],
    ['setLimits', { ids: ['a'], maxConnections: 65 }],
    ['setLimits', { ids: ['a'], speedLimitBytesPerSecond: -1 }],
    ['add', { downloads: [{ url: 'a', maxAttempts: 1001 }] }],
    ['add', { downloads: [{ url: 'a', priority: 'urgent' }] }],
    ['add', { downloads: [{ url: 'a', request: { timeouts: { headTimeoutMs: 0 } } }] }],
    ['setQueue', { ids: ['a'], queueId: '' }],
    ['saveQueue', {}],
    ['saveQueue', { name: '  ' }],
    ['saveQueue', { id: 'a', schedule: [{ days: [], fromMinute: 0, untilMinute: 60 }] }],
    ['saveQueue', { id: 'a', schedule: [{ days: [7], fromMinute: 0, untilMinute: 60 }] }],
    ['saveQueue', { id: 'a', schedule: [{ days: [1], fromMinute: 1440, untilMinute: 60 }] }],
    ['writeSettings', { hostLimits: [{ host: '' }] }],
    ['writeSettings', { hostLimits: [{ host: 'https://host/' }] }],
    ['writeSettings', { retryWaitMs: 0 }],
  ] as const)('%s refuses %j', (method, params) => {
    expect(methods[method].params.safeParse(params).success).toBe(false);
  });

  test('a queue may be changed without its name, and made with nothing else', () => {
    expect(methods.saveQueue.params.parse({ id: 'a', isPaused: true })).toEqual({ id: 'a', isPaused: true });
    expect(methods.saveQueue.params.parse({ name: ' Night ' })).toEqual({ name: 'Night' });
  });

  test('add starts unless told otherwise', () => {
    expect(methods.add.params.parse({ downloads: [{ url: 'http://a/' }] }).start).toBe(true);
  });
});
