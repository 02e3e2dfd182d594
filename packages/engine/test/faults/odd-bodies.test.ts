/** Bodies that are not what the link names, or packed in a way that was not asked for, by every backend and form. */
import { gunzipSync } from 'node:zlib';
import { seededBytes } from '@sluice/testkit/origin';
import { playPath, playsOf, versionA } from '@sluice/testkit/plays';
import { describe, expect, it } from 'vitest';
import { stagePlay } from './fetch-play.ts';
import { backends } from './ways.ts';

const sizeBytes = 400_000;

describe.concurrent.each(backends)('by the %s backend', (backend) => {
  it.each(playsOf('F82').map((play) => [play.name, play] as const))('F82 %s', async (_name, play) => {
    await using stage = await stagePlay(backend, play, { sizeBytes });
    expect((await stage.fetch()).code).toBe('page-instead-of-file');
    expect((await stage.read()).code).toBe('page-instead-of-file');
    expect(await stage.names()).toEqual([]);
    const accepted = await stage.fetch({ request: { acceptPage: true } });
    expect([accepted.code, accepted.bytes?.toString()]).toEqual([null, expect.stringContaining('mirror')]);
    expect((await stage.read({ request: { acceptPage: true } })).code).toBeNull();
  });

  it('F82 a page that calls itself an attachment, and one for a link that may be a page, are files', async () => {
    const body = '<p>Report';
    await using stage = await stagePlay(
      backend,
      {
        stage: (origin) => {
          origin.serve('/report', { body, contentType: 'text/html' });
          origin.serve('/download.php', { body, contentType: 'text/html' });
          origin.serve('/page.html', { body, contentType: 'text/html' });
          origin.serve(playPath, { body, contentType: 'text/html', contentDisposition: 'attachment' });
        },
      },
      { sizeBytes },
    );
    for (const path of ['/report', '/download.php', '/page.html', playPath]) {
      expect((await stage.fetch({ url: stage.origin.urlOf(path) })).bytes?.toString()).toBe(body);
    }
  });

  it.each(playsOf('F83').map((play) => [play.name, play] as const))('F83 %s', async (_name, play) => {
    await using stage = await stagePlay(backend, play, { sizeBytes });
    for (const { bytes, code } of [await stage.fetch(), await stage.read()]) {
      expect(code).toBeNull();
      const unpacked = gunzipSync(bytes ?? Buffer.alloc(0));
      expect(unpacked.equals(seededBytes(versionA, 0, sizeBytes))).toBe(true);
    }
    expect(await stage.names()).toEqual(['file.tar.gz']);
  });

  it.each(playsOf('F84').map((play) => [play.name, play] as const))('F84 %s', async (_name, play) => {
    await using stage = await stagePlay(backend, play, { sizeBytes });
    expect(['Отчет за год.zip', '中文测试文件.zip']).toContain((await stage.fetch()).name);
  });

  it.each(playsOf('F85').map((play) => [play.name, play] as const))('F85 %s', async (_name, play) => {
    await using stage = await stagePlay(backend, play, { sizeBytes });
    const { code, error } = await stage.fetch({ keepsPartial: false });
    expect(code).toBe('decompression-bomb');
    expect(error?.facts?.['givenBytes']).toBeLessThan(38 * 1024 * 1024);
    const read = await stage.read();
    expect(read.code).toBe('decompression-bomb');
    expect(read.bytes?.length).toBeLessThan(38 * 1024 * 1024);
  });
});
