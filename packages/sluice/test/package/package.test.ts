import { execFile, type ExecFileOptions } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { seededSha256, startOrigin } from '@sluice/testkit/origin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

async function run(program: string, words: readonly string[], options: ExecFileOptions): Promise<string> {
  const { stdout } = await promisify(execFile)(program, words, { ...options, encoding: 'utf8' });
  return stdout;
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** An empty project, with the package installed from the file that `npm pack` makes of what is published. */
async function install(project: string): Promise<void> {
  await run(process.execPath, [join(home, 'scripts/stage.ts')], { cwd: home });
  const staged = join(home, 'out/package');
  const packed = await run(npm, ['pack', '--json', '--silent', '--pack-destination', project], { cwd: staged });
  const file = /"filename":\s*"([^"]+)"/u.exec(packed)?.[1] ?? '';
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  // It asks for nothing else, so there is nothing to ask a registry for.
  const quiet = ['--offline', '--no-audit', '--no-fund'];
  await run(npm, ['install', ...quiet, join(project, file.replace(/^@/u, '').replace('/', '-'))], { cwd: project });
}

describe('the package as it is published', () => {
  let project = '';
  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), 'sluice-package-'));
    await install(project);
  }, 180_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it('installs into an empty project, and runs there in plain Node', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed: 61, sizeBytes: 300_000 });
    const program = `
      import { createHash } from 'node:crypto';
      import { download, DownloadManager, downloadSync, isNetworkError, loadConfig } from '@sluice/sluice';
      const told = ({ code, message }) => code + ' ' + message;
      const { bytes } = await download(process.argv[2]);
      await using manager = new DownloadManager('files');
      const { path } = await manager.download(process.argv[2]).wait();
      const withoutSqlite = await download(process.argv[2], { cache: 'cache' }).catch(told);
      const withoutMarks = await download(process.argv[2], { folder: 'files', markOrigin: true }).catch(told);
      console.log(withoutMarks.path === undefined ? withoutMarks : 'marked');
      console.log(downloadSync(process.argv[2]).sizeBytes, await loadConfig({ bulk: { pauseMs: 1 } }), withoutSqlite);
      console.log(createHash('sha256').update(bytes).digest('hex'), path.endsWith('file.bin'), isNetworkError(null));
    `;
    writeFileSync(join(project, 'program.mjs'), program);
    const said = await run(process.execPath, ['program.mjs', origin.urlOf('/file.bin')], { cwd: project });
    const hint = 'unsupported the cache needs the package better-sqlite3: npm install better-sqlite3';
    const needed = 'unsupported markOrigin needs the package @napi-rs/xattr: npm install @napi-rs/xattr';
    const marked = process.platform === 'win32' ? 'marked' : needed;
    expect(said).toBe(`${marked}\n300000 { bulk: { pauseMs: 1 } } ${hint}\n${seededSha256(61, 300_000)} true false\n`);
  });

  it('brings its types, which need nothing but Node’s', async () => {
    mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
    for (const name of ['@types/node', 'undici-types']) {
      const from = name === '@types/node' ? require : createRequire(require.resolve('@types/node/package.json'));
      symlinkSync(dirname(from.resolve(`${name}/package.json`)), join(project, 'node_modules', name), 'junction');
    }
    const program = `
      import { download, type FileResult } from '@sluice/sluice';
      const result: FileResult = await download('http://127.0.0.1/', { file: 'x' });
      // @ts-expect-error two destinations are one too many
      await download('http://127.0.0.1/', { file: 'x', stream: true });
      console.log(result.path);
    `;
    writeFileSync(join(project, 'program.mts'), program);
    const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'esnext'];
    await run(process.execPath, [compiler, ...options, '--types', 'node', 'program.mts'], { cwd: project });
  });

  it('holds what it runs on, its licences, and nothing else', () => {
    const root = join(project, 'node_modules/@sluice/sluice');
    expect(readdirSync(root).toSorted()).toEqual([
      'COMING-FROM.md',
      'LICENSE',
      'README.md',
      'dist',
      'examples',
      'package.json',
    ]);
    expect(readFileSync(join(root, 'dist/THIRD-PARTY.md'), 'utf8')).toContain('## undici');
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    for (const field of ['dependencies', 'devDependencies', 'scripts', 'private'])
      expect(manifest[field]).toBeUndefined();
    expect(manifest['peerDependenciesMeta']).toEqual({
      '@napi-rs/xattr': { optional: true },
      'better-sqlite3': { optional: true },
    });
    const named = [manifest['main'], manifest['types'], manifest['exports']];
    const paths = JSON.stringify(named).match(/\.\/[^"]+\.\w+/gu) ?? [];
    expect(paths).toContain('./dist/index.js');
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:/u);
    expect(readdirSync(join(root, 'dist')).some((name) => name.includes('.ts') && !name.endsWith('.d.ts'))).toBe(false);
  });
});

it('is not packed by mistake from the workspace, whose manifest names sources', async () => {
  const packing = run(npm, ['pack', '--dry-run'], { cwd: home });
  await expect(packing).rejects.toMatchObject({ stderr: expect.stringContaining('npm run stage') as string });
});

it('documents what it exports', async () => {
  await run(process.execPath, [join(home, 'scripts/docs.ts')], { cwd: home });
  const pages = ['functions/download.html', 'classes/DownloadManager.html', 'functions/isNetworkError.html'];
  for (const page of pages) expect(readFileSync(join(home, 'out/api', page), 'utf8')).toContain('<h3');
}, 180_000);
