/** The custom protocol serves the built page's files, whatever a request says. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerAppRequest, listAppFiles, resolveAppRequest, type AppFiles } from '../../../src/main/files/app-files.ts';
import { contentSecurityPolicy } from '../../../src/main/window/page-headers.ts';
import { temporaryFolder } from '../../launch.ts';

const get = 'GET';

describe('the files of the window', () => {
  let files: AppFiles = new Map();
  let folder = '';

  beforeEach(async () => {
    const outer = temporaryFolder();
    folder = join(outer, 'renderer');
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'assets', 'index.js'), 'export {}');
    writeFileSync(join(folder, 'assets', 'notes.secret'), 'x');
    writeFileSync(join(outer, 'secret.js'), 'secret');
    symlinkSync(join(outer, 'secret.js'), join(folder, 'assets', 'link.js'));
    files = await listAppFiles(folder);
  });

  test.for([
    ['sluice://app/index.html', ['index.html']],
    ['sluice://app/assets/index.js', ['assets', 'index.js']],
    ['sluice://app/assets/index.js?v=1#x', ['assets', 'index.js']],
    ['sluice://app/assets/../index.html', ['index.html']],
  ] as const)('serves %s', ([url, parts]) => {
    expect(resolveAppRequest(files, { method: get, url })).toEqual({ file: join(folder, ...parts) });
  });

  test.for([
    'sluice://app/',
    'sluice://app/missing.js',
    'sluice://app/../secret.js',
    'sluice://app/%2e%2e/secret.js',
    'sluice://app/..%2fsecret.js',
    'sluice://app/assets/..%5c..%5csecret.js',
    'sluice://app//etc/passwd',
    'sluice://app/assets',
    'sluice://app/assets/link.js',
    'sluice://app/assets/notes.secret',
    'sluice://app/assets/index.js%00.html',
    'sluice://app/ASSETS/INDEX.JS',
    'sluice://other/index.html',
    'https://app/index.html',
    'file:///index.html',
    'nonsense',
  ])('refuses the address %s', (url) => {
    expect(resolveAppRequest(files, { method: get, url })).toEqual({ status: 404 });
  });

  test.for(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses the method %s', (method) => {
    expect(resolveAppRequest(files, { method, url: 'sluice://app/index.html' })).toEqual({ status: 405 });
  });

  test('never leaves the listed files, whatever the path', () => {
    const known = new Set(files.values());
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '\\', 'assets', 'index.js', 'secret.js', 'link.js'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const found = resolveAppRequest(files, { method: get, url: `sluice://app/${pieces.join('/')}` });
        return 'status' in found || known.has(found.file);
      }),
    );
  });

  test('sends the policy and the type with every answer, refusals too', async () => {
    const page = await answerAppRequest(files, { method: get, url: 'sluice://app/index.html' });
    expect(await page.text()).toBe('<!doctype html>');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const refused = await answerAppRequest(files, { method: get, url: 'sluice://app/nothing' });
    expect(refused.status).toBe(404);
    for (const { headers } of [page, refused]) {
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('answers HEAD without a body', async () => {
    const answer = await answerAppRequest(files, { method: 'HEAD', url: 'sluice://app/index.html' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

test('the policy allows our own files and nothing inline, foreign or framed', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'/);
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
});
