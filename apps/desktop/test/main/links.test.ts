/** Links from outside are added; what the engine does not take goes to the person. */
import { SluiceError, type Added, type EngineApi } from '@sluice/contract';
import { expect, test } from 'vitest';
import { addLinks } from '../../src/main/links.ts';

interface Seen {
  readonly rejected: string[];
  readonly errors: string[];
  readonly asked: string[][];
}

async function run(links: readonly string[], answer: () => Promise<Added>): Promise<Seen> {
  const seen: Seen = { rejected: [], errors: [], asked: [] };
  const add: EngineApi['add'] = ({ downloads }) => {
    seen.asked.push(downloads.map(({ url }) => url));
    return answer();
  };
  await addLinks(links, {
    api: { add },
    onRejected: (urls) => seen.rejected.push(...urls),
    onError: ({ code }) => seen.errors.push(code),
  });
  return seen;
}

test('asks the engine for all of them, and hands on the ones it rejects', async () => {
  const seen = await run(['https://a.test/x', 'htp://b', 'https://a.test/x'], async () => ({
    results: [
      { kind: 'added', id: '1' },
      { kind: 'rejected', url: 'htp://b', error: { code: 'url-unsupported' } },
      { kind: 'present', id: '1' },
    ],
  }));
  expect(seen).toEqual({
    asked: [['https://a.test/x', 'htp://b', 'https://a.test/x']],
    rejected: ['htp://b'],
    errors: [],
  });
});

test('asks nothing for no links', async () => {
  expect((await run([], () => Promise.reject(new Error('asked')))).asked).toEqual([]);
});

test('loses no link when the engine fails', async () => {
  const seen = await run(['https://a.test/x'], () => Promise.reject(new SluiceError('disk-full')));
  expect(seen).toMatchObject({ rejected: ['https://a.test/x'], errors: ['disk-full'] });
});
