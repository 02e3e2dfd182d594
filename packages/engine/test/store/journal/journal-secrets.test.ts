/** That a journal keeps neither the login of a link nor the signature of the place that a redirect led to. */
import { createMemoryFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { expect, test } from 'vitest';
import { storableTarget } from '../../../src/plan/request/user-info.ts';
import { createJournal, inspectJournal, loadJournal } from '../../../src/store/journal/journal.ts';
import { encodeLine, seedOf } from '../../../src/store/journal/journal-format.ts';
import { extentOf, resourceOf } from '../bodies.ts';
import { head, path } from './journal-stage.ts';

const mark = 'Xy7Secret9Q';

function textOf(memory: MemoryFiles): string {
  return Buffer.from(memory.contents(path) ?? []).toString();
}

test.each([
  ['a login', `https://ann:${mark}@example.com/f`, 'https://example.com/f'],
  ['a signed query', `https://cdn.example.net/f?X-Amz-Signature=${mark}&n=${mark}`, 'https://cdn.example.net/f'],
  ['a query of one word', `https://cdn.example.net/f?${mark}`, 'https://cdn.example.net/f'],
  ['a signature in the path', `https://cdn.example.net/exp=1~hmac=${mark}/f`, 'https://cdn.example.net/***/f'],
  ['a token in the path', `https://cdn.example.net/eyJ${mark}.x/f`, 'https://cdn.example.net/***/f'],
  ['a fragment', `https://cdn.example.net/f#${mark}`, 'https://cdn.example.net/f'],
  ['none of them', 'ftp://example.com/a%20b/f', 'ftp://example.com/a%20b/f'],
  ['nothing that is a link', mark, ''],
])('F97 of a place with %s only what is not secret is kept', (_, target, kept) => {
  expect(storableTarget(target, head.url)).toBe(kept);
});

test('F97 the download’s own link is kept as the head has it, its query included', () => {
  expect(storableTarget('https://example.com/file.bin?token=abc', head.url)).toBe(head.url);
  expect(storableTarget('https://ann:x@example.com/file.bin?token=abc', head.url)).toBe(head.url);
});

test('F97 whatever a journal is told, it writes no secret', async () => {
  const memory = createMemoryFiles();
  const resource = { ...resourceOf(1), finalUrl: `https://cdn.example.net/f?sig=${mark}` };
  const url = `https://ann:${mark}@example.com/file.bin`;
  const journal = await createJournal(memory, path, { ...head, url, resource });
  expect(textOf(memory)).not.toContain(mark);
  await journal.recordResource(resource);
  await journal.recordResource(resource);
  await journal.recordExtents([extentOf(1, 0, 100)]);
  await journal.reset({ ...resource, finalUrl: `https://bob:${mark}@cdn.example.net/g?sig=${mark}` });
  await journal.recordUrl(`https://ann:${mark}@mirror.example.com/f`);
  expect(textOf(memory)).not.toContain(mark);
  expect((await inspectJournal(memory, path)).resource?.finalUrl).toBe('https://cdn.example.net/g');
});

test('F97 what was the link’s own query does not stay behind when another link takes its place', async () => {
  const memory = createMemoryFiles();
  const journal = await createJournal(memory, path, { ...head, url: `https://example.com/f?key=${mark}` });
  await journal.recordResource({ ...resourceOf(1), finalUrl: `https://example.com/f?key=${mark}` });
  await journal.recordUrl('https://mirror.example.com/f');
  expect(textOf(memory)).not.toContain(mark);
});

test('F97 a journal of the release before is written anew by a takeover, its claims kept', async () => {
  const memory = createMemoryFiles();
  await createJournal(memory, path, head);
  const before = Buffer.from(textOf(memory));
  const headLine = before.subarray(0, before.indexOf('\n'));
  const resource = { ...resourceOf(1), finalUrl: `https://ann:${mark}@cdn.example.net/f?sig=${mark}` };
  const seed = seedOf(headLine);
  const { start, end, crc32 } = extentOf(1, 0, 100);
  const lines = [
    encodeLine({ kind: 'resource', resource }, seed),
    encodeLine({ kind: 'extents', sequence: 1, extents: [start, end, crc32] }, seed),
    encodeLine({ kind: 'synced', sequence: 1 }, seed),
    encodeLine({ kind: 'owner', owner: null }, seed),
  ];
  const file = await memory.open(path);
  await file.write(Buffer.concat(lines), before.length);
  await file.close();
  expect(textOf(memory)).toContain(mark);
  const loaded = await loadJournal(memory, path);
  expect(loaded).toMatchObject({
    resource: { ...resource, finalUrl: 'https://cdn.example.net/f' },
    trusted: [extentOf(1, 0, 100)],
  });
  await loaded.journal.recordExtents([extentOf(1, 200, 300)]);
  expect(textOf(memory)).not.toContain(mark);
  expect(await inspectJournal(memory, path)).toMatchObject({ trusted: [extentOf(1, 0, 100)] });
});
