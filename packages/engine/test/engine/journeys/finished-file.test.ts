import { stat } from 'node:fs/promises';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { startEngine } from '../harness.ts';

function recording(): { files: ReturnType<typeof createNodeFiles>; marks: Map<string, string> } {
  const marks = new Map<string, string>();
  const setAttribute = async (path: string, name: string, value: string) => {
    expect((await stat(path)).isFile()).toBe(true);
    marks.set(name, value);
  };
  return { files: createNodeFiles('linux', { setAttribute }), marks };
}

/** A small file is saved whole from memory, a large one has a partial first. */
describe.each([10, 400_000])('a finished file of %d bytes', (sizeBytes) => {
  it('names where the bytes came from and the page, and no secret of either', async () => {
    await using origin = await startOrigin();
    const { files, marks } = recording();
    await using test = await startEngine({ ports: { files } });
    origin.serve('/file.bin', { seed: 1, sizeBytes });
    const link = `http://ann:secret@127.0.0.1:${origin.port}/file.bin?a=1&token=abc`;
    const request = { referer: 'https://bob:pass@site.test/page?session=1#top' };
    await test.reach(await test.add(link, { request }), 'finished');
    expect([...marks]).toEqual([
      ['user.xdg.origin.url', origin.urlOf('/file.bin?a=1&token=***')],
      ['user.xdg.referrer.url', 'https://site.test/page?session=***'],
    ]);
  });

  it('has no mark where that is set', async () => {
    await using origin = await startOrigin();
    const { files, marks } = recording();
    await using test = await startEngine({ ports: { files }, settings: { markOrigin: false } });
    origin.serve('/file.bin', { seed: 1, sizeBytes });
    await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
    expect(marks.size).toBe(0);
  });

  it('has no mark where the disk has no place for it, and the file is finished', async () => {
    await using origin = await startOrigin();
    const setAttribute = () => Promise.reject(new Error('not supported'));
    await using test = await startEngine({ ports: { files: createNodeFiles('linux', { setAttribute }) } });
    origin.serve('/file.bin', { seed: 1, sizeBytes });
    await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
    expect(await test.names()).toEqual(['file.bin']);
  });

  it('has the date of its arrival where the server’s is not wanted', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine({ settings: { keepServerTime: false } });
    origin.serve('/file.bin', { seed: 35, sizeBytes, lastModified: 'Tue, 02 Jan 2024 03:04:05 GMT' });
    await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
    expect((await stat(test.path('file.bin'))).mtime.getUTCFullYear()).toBeGreaterThan(2024);
  });
});
