import { describe, expect, it } from 'vitest';
import { checkMirror, chooseProof, chooseSample, withoutVersion } from '../../../src/plan/ranges/mirror-proof.ts';
import { compareVersions } from '../../../src/plan/response/validators.ts';
import { resource } from '../resources.ts';

const kibibyte = 1024;
const totalBytes = 100 * kibibyte * kibibyte;

describe('what a mirror is compared with', () => {
  it.each([
    { of: 'nothing yet', covered: [], proof: null },
    { of: 'too little', covered: [{ start: 0, end: 200 * kibibyte }], proof: null },
    { of: 'little', covered: [{ start: 0, end: 300 * kibibyte }], proof: { start: 4096, end: 300 * kibibyte } },
    {
      of: 'the end of the longest stretch',
      covered: [
        { start: 0, end: 2048 * kibibyte },
        { start: 8192 * kibibyte, end: 16_384 * kibibyte },
        { start: 20_000 * kibibyte, end: 21_000 * kibibyte },
      ],
      proof: { start: 15_360 * kibibyte, end: 16_384 * kibibyte },
    },
    { of: 'nothing, so little is left', covered: [{ start: 0, end: totalBytes - kibibyte }], proof: null },
  ])('$of', ({ covered, proof }) => {
    expect(chooseProof(totalBytes, covered)).toEqual(proof);
  });
});

it.each([
  { of: 'a file that has just begun', covered: [], start: totalBytes / 2 },
  { of: 'one with a long end missing', covered: [{ start: 0, end: totalBytes / 2 }], start: (totalBytes / 4) * 3 },
  {
    of: 'one with a hole',
    covered: [
      { start: 0, end: 1024 * kibibyte },
      { start: totalBytes / 2, end: totalBytes },
    ],
    start: (1024 * kibibyte + totalBytes / 2) / 2,
  },
])('is compared with the link in the middle of what is missing: $of', ({ covered, start }) => {
  expect(chooseSample(totalBytes, covered)).toEqual({ start, end: start + 64 * kibibyte });
});

describe('what a mirror says of its file', () => {
  const sha = (hex: string) => ({ checksums: [{ algorithm: 'sha-256' as const, hex }] });

  it.each([
    { of: 'its own tag and date', changes: { etag: '"m"', lastModified: 'Fri, 05 Jan 2024 00:00:00 GMT' } },
    { of: 'a date alone', changes: { etag: null } },
    { of: 'the same checksum', changes: sha('aa') },
  ])('may be $of', ({ changes }) => {
    expect(() => checkMirror(resource(sha('aa')), resource(changes))).not.toThrow();
  });

  it.each([
    { of: 'another length', changes: { totalBytes: 1001 }, code: 'resource-changed' },
    { of: 'no length', changes: { totalBytes: null }, code: 'resource-changed' },
    { of: 'another checksum', changes: sha('bb'), code: 'resource-changed' },
    { of: 'no version', changes: { etag: null, lastModified: null }, code: 'resume-unproved' },
  ])('may not be $of', ({ changes, code }) => {
    expect(() => checkMirror(resource(sha('aa')), resource(changes))).toThrow(expect.objectContaining({ code }));
  });

  it('is not judged by the tags of another server', () => {
    const seen = resource({ etag: '"m"', lastModified: 'Fri, 05 Jan 2024 00:00:00 GMT' });
    expect(compareVersions(withoutVersion(resource()), seen)).toBe('unproved');
  });
});
