/** Servers that mean well and say ranges wrong: by every backend and in every form the file comes whole. */
import { seededBytes } from '@sluice/testkit/origin';
import { playPath, type Play, playsOf, versionA } from '@sluice/testkit/plays';
import { describe, expect, it } from 'vitest';
import { stagePlay } from './fetch-play.ts';
import { backends } from './ways.ts';

const sizeBytes = 600_000;

function expectVersionA(bytes: Buffer | null): void {
  expect(bytes?.length).toBe(sizeBytes);
  expect(bytes?.equals(seededBytes(versionA, 0, sizeBytes))).toBe(true);
}

const cases = ['F73', 'F74', 'F75', 'F76', 'F77'].flatMap((fault) =>
  playsOf(fault).map((play): readonly [string, Play] => [`${fault} ${play.name}`, play]),
);

describe.concurrent.each(backends)('by the %s backend', (backend) => {
  it.each(cases)('%s, as a file', async (_name, play) => {
    await using stage = await stagePlay(backend, play, { sizeBytes });
    const { bytes, code, name } = await stage.fetch();
    expect(code).toBeNull();
    expect(name).toBe('file.bin');
    expectVersionA(bytes);
    if (play.fault === 'F74')
      expect(stage.origin.requestsOf(playPath).filter(({ range }) => range === null)).toHaveLength(2);
    if (play.fault === 'F75')
      expect(stage.origin.requestsOf(playPath).filter(({ range }) => range === null)).toHaveLength(1);
  });

  it.each(cases)('%s, as a sequence', async (_name, play) => {
    await using stage = await stagePlay(backend, play, { sizeBytes });
    const { bytes, code } = await stage.read();
    expect(code).toBeNull();
    expectVersionA(bytes);
  });

  it.each([403, 404])('F74 %i to everything behind a break is believed after one plain GET', async (status) => {
    const gone: Pick<Play, 'stage'> = {
      stage: (origin, scale) => {
        origin.serve(playPath, { seed: versionA, ...scale });
        origin.script(playPath, (_request, index) =>
          index === 0 ? { end: { afterBytes: 300_000, how: 'reset' } } : { status },
        );
      },
    };
    await using stage = await stagePlay(backend, gone, { sizeBytes });
    const { code } = await stage.fetch();
    expect(code).toBe(status === 403 ? 'http-forbidden' : 'http-not-found');
    expect(stage.origin.requestsOf(playPath).filter(({ range }) => range === null)).toHaveLength(2);
    expect(await stage.names()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
  });

  it.each([401, 429, 503])('F74 %i to a range does not lead to a request without one', async (status) => {
    const busy: Pick<Play, 'stage'> = {
      stage: (origin, scale) => {
        origin.serve(playPath, { seed: versionA, ...scale });
        origin.script(playPath, ({ range }, index) =>
          index === 0 ? { end: { afterBytes: 300_000, how: 'reset' } } : range === null ? {} : { status },
        );
      },
    };
    await using stage = await stagePlay(backend, busy, { sizeBytes });
    const { code } = await stage.fetch();
    expect(code).not.toBeNull();
    expect(stage.origin.requestsOf(playPath).filter(({ range }) => range === null)).toHaveLength(1);
  });

  it('F81 what one run of garbled answers taught is tried again by the next', async () => {
    await using stage = await stagePlay(backend, { stage: garbled }, { sizeBytes });
    const failed = await stage.fetch({ retry: { maxAttempts: 1, baseDelayMs: 1, maxDelayMs: 1 } });
    expect(failed.code).not.toBeNull();
    const before = stage.origin.requestsOf(playPath).length;
    stage.origin.script(playPath, {});
    const { bytes, code, resumedFromBytes } = await stage.fetch();
    expect(code).toBeNull();
    expectVersionA(bytes);
    expect(resumedFromBytes).toBeGreaterThan(250_000);
    expect(stage.origin.requestsOf(playPath)[before]?.range).not.toBeNull();
  });
});

/** Breaks off half-way, answers ranges with garbage, and the whole with an error. */
const garbled: Play['stage'] = (origin, scale) => {
  origin.serve(playPath, { seed: versionA, ...scale });
  origin.script(playPath, ({ range }, index) => {
    if (index === 0) return { end: { afterBytes: 300_000, how: 'fin' } };
    return range === null ? { status: 500 } : { headers: { 'Content-Range': 'bytes half-most/all' } };
  });
};
