import { startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { each, swarm } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const wrong: readonly (readonly [string, unknown])[] = [
  ['a text', 'http://127.0.0.1/'],
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['an object', {}],
  ['a function', () => []],
  ['an iterable that is none', { [Symbol.iterator]: 5 }],
];

it.each(wrong)('F87 %s instead of items is refused at once, by name', async (_what, items) => {
  const refused = { code: 'request-invalid', facts: { name: 'items' } };
  await expect(swarm(items as string[])).rejects.toMatchObject(refused);
  await expect(each(items as string[]).next()).rejects.toMatchObject(refused);
});

const boom = new Error('the list is torn');

it('F87 what a factory of an iterator throws comes out at once', async () => {
  for (const kind of [Symbol.iterator, Symbol.asyncIterator]) {
    const items = {
      [kind]() {
        throw boom;
      },
    } as unknown as string[];
    await expect(swarm(items)).rejects.toBe(boom);
    await expect(each(items).next()).rejects.toBe(boom);
  }
});

it('F87 an iterator that is none ends the round', async () => {
  for (const iterator of [undefined, 5, {}, { next: () => 5 }]) {
    const items = { [Symbol.iterator]: () => iterator } as unknown as string[];
    await expect(swarm(items)).rejects.toBeInstanceOf(Error);
  }
});

it('F87 what an iterator throws in the middle stops a swarm at once, and each once what was begun is done', async () => {
  await using origin = await startOrigin();
  origin.serve('/endless', { seed: 1, sizeBytes: 10_000_000, bytesPerSecond: 10_000 });
  origin.serve('/short', { seed: 1, sizeBytes: 10 });
  async function* items(path: string): AsyncGenerator<string> {
    yield origin.urlOf(path);
    throw boom;
  }
  const downloadStrategy = { home: temporaryFolder() };
  await expect(swarm(items('/endless'), { downloadStrategy })).rejects.toBe(boom);
  const round = each(items('/short'), { downloadStrategy });
  expect((await round.next()).value).toMatchObject({ outcome: 'downloaded' });
  await expect(round.next()).rejects.toBe(boom);
});

it('F87 options that make no sense are refused at once', async () => {
  for (const options of [null, 5, 'x', [], { urlof: String }, { cache: 'x' }, { concurrency: 2 }, { signal: {} }]) {
    await expect(swarm(['http://127.0.0.1/'], options as object)).rejects.toMatchObject({ code: 'request-invalid' });
  }
});
