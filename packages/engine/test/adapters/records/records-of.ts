/** Download records to store, and ones chosen at random. */
import fc from 'fast-check';
import { type DownloadRecord, downloadRecordSchema } from '../../../src/download/record.ts';

/** Fields that came later than these have their defaults. */
export function recordOf(id: string, changes: Partial<DownloadRecord> = {}): DownloadRecord {
  return downloadRecordSchema.parse({
    id,
    url: `https://example.com/${id}.bin?token=secret`,
    folder: '/downloads',
    wantedName: null,
    fileName: `${id}.bin`,
    fileIdentity: null,
    keptApart: null,
    headers: {},
    maxConnections: 0,
    speedLimitBytesPerSecond: 0,
    state: { kind: 'queued' },
    sizeBytes: null,
    receivedBytes: 0,
    resumable: null,
    addedAtMs: 1_900_000_000_000,
    position: 1,
    ...changes,
  });
}

const stateArbitrary: fc.Arbitrary<DownloadRecord['state']> = fc.oneof(
  fc.constantFrom<DownloadRecord['state']>({ kind: 'queued' }, { kind: 'paused' }, { kind: 'cancelled' }),
  fc.nat().map((finishedAtMs): DownloadRecord['state'] => ({ kind: 'finished', finishedAtMs })),
  fc.string({ unit: 'binary' }).map((detail): DownloadRecord['state'] => ({
    kind: 'failed',
    error: { code: 'http-not-found', detail, facts: { status: 404 } },
  })),
);

const requestArbitrary: fc.Arbitrary<DownloadRecord['request']> = fc.record(
  {
    username: fc.string(),
    password: fc.string(),
    cookies: fc.constantFrom('a=b', ''),
    body: fc.string({ unit: 'binary' }),
    method: fc.constantFrom('GET', 'POST'),
    proxy: fc.constantFrom('none', 'http://proxy:3128', 'http://ann:secret@proxy:3128'),
    mirrors: fc.array(fc.constantFrom('https://b/', 'https://ann:secret@c/x'), { maxLength: 3 }),
    insecure: fc.boolean(),
  },
  { requiredKeys: [] },
);

export const recordArbitrary: fc.Arbitrary<DownloadRecord> = fc
  .record({
    id: fc.stringMatching(/^[a-e]$/),
    url: fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.constant('ftp://ann:se@cret@host/a')),
    fileName: fc.option(fc.string({ unit: 'binary' })),
    headers: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()),
    request: requestArbitrary,
    state: stateArbitrary,
    sizeBytes: fc.option(fc.maxSafeNat()),
    position: fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((position) => (Object.is(position, -0) ? 0 : position)),
  })
  .map(({ id, ...changes }) => recordOf(id, changes));
