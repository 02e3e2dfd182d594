import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { createFakeClock, type FakeClock } from '@sluice/testkit/clock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BulkDeps, FetchFileOptions, FetchedFile } from '../../src/bulk/bulk-deps.ts';
import { PathClaims } from '../../src/bulk/path-claims.ts';
import { type Items, runRound } from '../../src/bulk/round.ts';
import { urlOfRequest } from '../../src/request/describe-request.ts';
import { Turns } from '../../src/bulk/turns.ts';
import { type DownloadRules, DownloadStrategy, writeEmptyFile } from '../../src/strategy/download-strategy.ts';
import { type RequestRules, RequestStrategy } from '../../src/strategy/request-strategy.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sluice-round-'));
});
afterEach(() => rm(home, { recursive: true }));

/** A server played by a function: what each try of a link comes to. */
type Play = (name: string, spec: FetchFileOptions, attempt: number) => Promise<FetchedFile>;

interface Stage {
  readonly context: BulkDeps<string>;
  readonly stopping: AbortController;
  readonly clock: FakeClock;
  /** Names of the links asked for, in order. */
  readonly asked: string[];
}

function stage(play: Play, rules: Partial<RequestRules> = {}, downloads: Partial<DownloadRules> = {}): Stage {
  const clock = createFakeClock();
  const stopping = new AbortController();
  const requests = new RequestStrategy(rules);
  const asked: string[] = [];
  const context: BulkDeps<string> = {
    urlOf: (name) => `http://a.test/${name}`,
    requests,
    downloads: new DownloadStrategy({ home, layout: { host: false }, ...downloads }),
    turns: new Turns(requests, clock),
    claims: new PathClaims(),
    fetchFile(request, spec) {
      const name = urlOfRequest(request).split('/').at(-1) ?? '';
      asked.push(name);
      return play(name, spec, asked.filter((one) => one === name).length);
    },
    clock,
    signal: stopping.signal,
  };
  return { context, stopping, clock, asked };
}

async function outcomes(items: Items<string>, { context, stopping, clock }: Stage): Promise<string[]> {
  const lines: string[] = [];
  const reading = (async () => {
    for await (const { index, bundle } of runRound(items, context, stopping)) {
      lines.push(`${index} ${bundle.item} ${bundle.outcome} ${bundle.attempts} ${bundle.status} ${bundle.bytes}`);
    }
  })();
  let isOver = false;
  void reading.finally(() => (isOver = true)).catch(() => {});
  while (!isOver) {
    await clock.advanceToNext();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await reading;
  return lines;
}

function refused(status: number, headers: Readonly<Record<string, string>> = {}): SluiceError {
  const code = status === 404 ? 'http-not-found' : 'http-unavailable';
  return new SluiceError(code, undefined, { response: { status, headers } });
}

async function fine(): Promise<FetchedFile> {
  return { sizeBytes: 7, status: 200 };
}

describe('outcomes', () => {
  test('downloaded, after as many tries as it took', async () => {
    const play: Play = async (name, _options, attempt) => {
      if (name === 'b' && attempt < 3) throw refused(503);
      return fine();
    };
    expect((await outcomes(['a', 'b'], stage(play))).toSorted()).toEqual([
      '0 a downloaded 1 200 7',
      '1 b downloaded 3 200 7',
    ]);
  });

  test('failed once the tries are spent, or at once where no retry makes sense', async () => {
    const play: Play = (name) => Promise.reject(refused(name === 'gone' ? 404 : 503));
    const lines = await outcomes(['gone', 'busy'], stage(play, { maxAttempts: 4 }));
    expect(lines).toEqual(['0 gone failed 1 404 0', '1 busy failed 4 503 0']);
  });

  test('accepted where the status counts as success though it brings no file', async () => {
    const play: Play = () => Promise.reject(refused(404));
    const lines = await outcomes(['a'], stage(play, { isSuccess: (status) => status === 404 }));
    expect(lines).toEqual(['0 a accepted 1 404 0']);
  });

  test('bytes that are wrong are never accepted, whatever the status says', async () => {
    const error = new SluiceError('checksum-mismatch', undefined, { response: { status: 200, headers: {} } });
    expect(
      await outcomes(
        ['a'],
        stage(() => Promise.reject(error)),
      ),
    ).toEqual(['0 a failed 1 200 0']);
  });

  test('present where a file is there; nothing is asked', async () => {
    await writeFile(join(home, 'a'), 'here');
    const scene = stage(fine);
    expect(await outcomes(['a'], scene)).toEqual(['0 a present 0 null 4']);
    expect(scene.asked).toEqual([]);
    expect(await outcomes(['a'], stage(fine, {}, { skipPresent: false }))).toEqual(['0 a downloaded 1 200 7']);
  });

  test('a bad link and a link into the file of another fail by themselves', async () => {
    const scene = stage(fine);
    const context = {
      ...scene.context,
      urlOf: (item: string) => (item === 'bad' ? 'no link' : { request: `http://a.test/${item}`, path: 'same' }),
    };
    const lines = await outcomes(['bad', 'a', 'b', 'a'], { ...scene, context });
    expect(lines.toSorted()).toEqual([
      '0 bad failed 0 null 0',
      '1 a downloaded 1 200 7',
      '2 b failed 0 null 0',
      '3 a downloaded 1 200 7',
    ]);
  });
});

describe('waits', () => {
  test('what the server asks for is never undercut', async () => {
    const scene = stage(async (_name, _options, attempt) => {
      if (attempt === 1) throw refused(503, { 'retry-after': '90' });
      return fine();
    });
    await outcomes(['a'], scene);
    expect(scene.clock.monotonicMs()).toBe(90_000);
  });

  test('a download that waits gives its turn to others', async () => {
    const scene = stage(
      async (name, _options, attempt) => {
        if (name === 'slow' && attempt === 1) throw refused(503);
        return fine();
      },
      { concurrency: 1 },
    );
    await outcomes(['slow', 'b', 'c'], scene);
    expect(scene.asked).toEqual(['slow', 'b', 'c', 'slow']);
  });
});

describe('what follows', () => {
  test('success and failure are told, and an empty file can mark a failure', async () => {
    const told: string[] = [];
    const downloads: Partial<DownloadRules> = {
      onSuccess: ({ item, outcome }) => told.push(`${String(item)} ${outcome}`),
      onFailure: writeEmptyFile,
    };
    const play: Play = (name) => (name === 'gone' ? Promise.reject(refused(404)) : fine());
    await outcomes(['a', 'gone'], stage(play, {}, downloads));
    expect(told).toEqual(['a downloaded']);
    expect(await outcomes(['gone'], stage(play, {}, downloads))).toEqual(['0 gone present 0 null 0']);
  });

  test('F92 what such a function throws is the bundle’s error, and a whole file is not marked failed', async () => {
    const downloads: Partial<DownloadRules> = { onSuccess: () => Promise.reject(new Error('no room for it')) };
    expect(await outcomes(['a'], stage(fine, {}, downloads))).toEqual(['0 a downloaded 1 200 7']);
  });
});

describe('the end of a round', () => {
  test('leaving the loop stops what is under way and starts nothing more', async () => {
    const stopped: unknown[] = [];
    const scene = stage(
      (name, { signal }) =>
        name === 'a'
          ? fine()
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                stopped.push(name);
                reject(signal.reason as Error);
              });
            }),
      { concurrency: 3 },
    );
    for await (const { bundle } of runRound(['a', 'b', 'c', 'd', 'e', 'f'], scene.context, scene.stopping)) {
      expect(bundle.item).toBe('a');
      break;
    }
    expect(stopped).toEqual(scene.asked.slice(1));
    expect(scene.asked).not.toContain('f');
  });

  test('a signal ends it with its reason', async () => {
    const scene = stage(() => new Promise(() => {}));
    const context = { ...scene.context, fetchFile: hang };
    const reading = runRound(['a', 'b'], context, scene.stopping).next();
    await scene.clock.advance(0);
    scene.stopping.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });

  test('a signal ends it even while the items let it wait', async () => {
    async function* items(): AsyncGenerator<string> {
      yield 'a';
      await new Promise(() => {});
    }
    const scene = stage(fine);
    const round = runRound(items(), scene.context, scene.stopping);
    expect((await round.next()).value).toMatchObject({ bundle: { item: 'a' } });
    const waiting = round.next();
    scene.stopping.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('items are drawn as turns come, so they may be endless', async () => {
    let drawn = 0;
    function* numbers(): Generator<string> {
      for (;;) {
        drawn += 1;
        yield `n${drawn}`;
      }
    }
    const scene = stage(fine, { concurrency: 2 });
    let read = 0;
    for await (const finished of runRound(numbers(), scene.context, scene.stopping)) {
      expect(finished.bundle.outcome).toBe('downloaded');
      read += 1;
      if (read === 1000) break;
    }
    expect(drawn).toBeLessThan(2000);
  });

  test('what the items throw is thrown once what was begun is done', async () => {
    async function* items(): AsyncGenerator<string> {
      yield 'a';
      await Promise.reject(new Error('list is torn'));
    }
    const scene = stage(fine);
    const read: string[] = [];
    const reading = (async () => {
      for await (const { bundle } of runRound(items(), scene.context, scene.stopping)) read.push(bundle.item);
    })();
    await expect(reading).rejects.toThrow('list is torn');
    expect(read).toEqual(['a']);
  });
});

function hang(_request: unknown, { signal }: FetchFileOptions): Promise<FetchedFile> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
