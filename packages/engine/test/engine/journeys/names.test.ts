import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { startEngine } from '../harness.ts';

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}

it.each([
  ['../../escape.txt', 'attachment; filename="../../escape.txt"'],
  ['an absolute path', 'attachment; filename="/etc/cron.d/job"'],
  ['Windows separators', 'attachment; filename="..\\\\..\\\\job.exe"'],
  ['escaped separators', "attachment; filename*=UTF-8''..%2F..%2Fjob.sh"],
  ['a NUL', "attachment; filename*=UTF-8''a%00b.txt"],
  ['two dots', 'attachment; filename=".."'],
  ['nothing', 'attachment; filename=""'],
  ['a direction override', utf8('attachment; filename="a\u202Egpj.exe"')],
  ['ten thousand characters', `attachment; filename="${'n'.repeat(10_000)}.bin"`],
  ['the suffix of a partial', 'attachment; filename="file.bin.sluice"'],
])(
  'F61 a server that names the file by %s gets one plain file in the folder, and none elsewhere',
  async (_what, disposition) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/x', { seed: 120, sizeBytes: 1000, contentDisposition: disposition });
    const folder = join(test.folder, 'inner', 'folder');
    const { name } = await test.reach(await test.add(origin.urlOf('/x'), { folder }), 'finished');
    expect(await readdir(folder)).toEqual([name]);
    expect(await readdir(join(test.folder, 'inner'))).toEqual(['folder']);
    expect(await test.names()).toEqual(['inner']);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e/\\]/u);
    await access(join(folder, name));
  },
);

it.each(['/a%2F..%2F..%2Fb.bin', '/..%5C..%5Cb.bin', '/%00b.bin', '/%2E%2E'])(
  'F61 a link that ends in %s gets one plain file in the folder',
  async (path) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const url = origin.urlOf(path);
    origin.script(new URL(url).pathname, { body: 'x'.repeat(100) });
    const { name } = await test.reach(await test.add(url), 'finished');
    expect(await test.names()).toEqual([name]);
    expect(name).not.toMatch(/[/\\\p{Cc}]/u);
  },
);
