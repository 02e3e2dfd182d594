/** Packages the app as a release would, around a stub of Electron, and runs what came out of the archive. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchDesktop } from './launch.ts';
import { makeStubElectron } from './stub-electron.ts';

const run = promisify(execFile);
const desktop = join(import.meta.dirname, '..');

describe('the packaged app', { timeout: 60_000 }, () => {
  let folder = '';
  let unpacked = '';
  let archive = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-packaging-'));
    makeStubElectron(join(folder, 'electron'));
    const builder = join(desktop, 'node_modules', '.bin', 'electron-builder');
    const overrides = [
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'release')}`,
    ];
    await run(builder, ['--config', '../../electron-builder.yml', '--linux', '--dir', ...overrides], { cwd: desktop });
    unpacked = join(
      folder,
      'release',
      readdirSync(join(folder, 'release')).find((name) => name.endsWith('unpacked')) ?? '',
    );
    archive = join(unpacked, 'resources', 'app.asar');
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('holds the bundle, the icons and the native libraries for this system, and nothing else', () => {
    const files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
    const folders = ['/out', '/node_modules/better-sqlite3', '/node_modules/@napi-rs', '/resources/icons'];
    expect(files.filter((path) => !folders.some((start) => path.startsWith(start)))).toEqual([
      '/node_modules',
      '/package.json',
      '/resources',
    ]);
    expect(files).toContain('/out/main/index.js');
    expect(files).toContain('/out/preload/index.cjs');
    expect(files).toContain('/out/renderer/index.html');
    const native = files.filter((path) => path.endsWith('.node'));
    expect(native).toEqual([
      expect.stringMatching(`^/node_modules/@napi-rs/xattr-linux-${process.arch}-`),
      `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
    ]);
    expect(files.filter((path) => /\.(?:map|tsx?|cpp|gyp)$/.test(path))).toEqual([]);
    // Only a file outside the archive can be loaded as native code.
    expect(native.every((path) => existsSync(join(`${archive}.unpacked`, path)))).toBe(true);
  });

  test('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'sluice'));
    const states = (on: FuseV1Options[]): FuseState[] => on.map((option) => wire[option] ?? FuseState.INHERIT);
    const { EnableCookieEncryption, EnableEmbeddedAsarIntegrityValidation, OnlyLoadAppFromAsar } = FuseV1Options;
    const {
      RunAsNode,
      EnableNodeOptionsEnvironmentVariable,
      EnableNodeCliInspectArguments,
      GrantFileProtocolExtraPrivileges,
    } = FuseV1Options;
    expect(
      new Set(states([EnableCookieEncryption, EnableEmbeddedAsarIntegrityValidation, OnlyLoadAppFromAsar])),
    ).toEqual(new Set([FuseState.ENABLE]));
    expect(
      new Set(
        states([
          RunAsNode,
          EnableNodeOptionsEnvironmentVariable,
          EnableNodeCliInspectArguments,
          GrantFileProtocolExtraPrivileges,
        ]),
      ),
    ).toEqual(new Set([FuseState.DISABLE]));
  });

  test('runs from the archive: the window connects to the engine behind its database', async () => {
    const extracted = join(folder, 'extracted');
    extractAll(archive, extracted);
    const driver = await launchDesktop({ main: join(extracted, 'out', 'main', 'index.js'), packaged: true });
    const page = await driver.page();
    await page.getByRole('button', { name: 'Settings' }).first().waitFor();
    expect((await driver.state()).dialogs).toEqual([]);
    expect((await driver.quit()).code).toBe(0);
  });
});
