/** The probe for a real Electron, tried on the double's own module: what it watches, answers and clicks. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { describe, expect, test } from 'vitest';
import * as doubleModule from '../src/main-process/electron-module.ts';
import { installProbe } from '../src/real/probe.ts';
import { probeName, writeProbeScript } from '../src/real/probe-script.ts';
import { findElectron } from '../src/real/find-electron.ts';
import { temporaryFolder } from './launch.ts';

// The double offers a part of the module; the probe uses no more than that part.
const electron = doubleModule as unknown as typeof Electron;
const icon = join(import.meta.dirname, 'fixtures', 'electron-app', 'icon.png');
const probe = installProbe(
  Object.assign({}, electron, { app: Object.assign(electron.app, { getBadgeCount: () => 5 }) }),
);

describe('the probe', () => {
  test('sees a tray and clicks its menu', async () => {
    const clicked: string[] = [];
    const tray = new electron.Tray(icon);
    tray.setToolTip('tip');
    tray.on('click', () => clicked.push('tray'));
    tray.setContextMenu(electron.Menu.buildFromTemplate([{ label: 'Do', click: () => clicked.push('Do') }]));
    expect((await probe.readState()).trays).toMatchObject([{ toolTip: 'tip', menu: [{ label: 'Do' }] }]);
    await probe.run('tray.click', undefined);
    expect(clicked).toEqual(['tray']);
    await expect(probe.run('tray.menu', { label: 'Other' })).rejects.toThrow('no menu item Other');
    tray.destroy();
    expect((await probe.readState()).trays).toEqual([]);
  });

  test('answers dialogs, before and after they are asked', async () => {
    await probe.run('dialog.answer', { kind: 'open', filePaths: ['/x'] });
    expect(await electron.dialog.showOpenDialog({ title: 'Pick' })).toEqual({ canceled: false, filePaths: ['/x'] });
    const box = electron.dialog.showMessageBox({ message: 'Sure?', buttons: ['No', 'Yes'] });
    await probe.run('dialog.answer', { kind: 'message', button: 1 });
    expect((await box).response).toBe(1);
    electron.dialog.showErrorBox('Title', 'Content');
    expect((await probe.readState()).dialogs.map(({ kind }) => kind)).toEqual(['open', 'message', 'error']);
  });

  test('sees notifications, blockers, shell and clipboard', async () => {
    let clicks = 0;
    const notification = new electron.Notification({ title: 'T', body: 'B' });
    notification.on('click', () => (clicks += 1));
    notification.show();
    await probe.run('notification.click', { id: 1 });
    expect(clicks).toBe(1);
    const blocker = electron.powerSaveBlocker.start('prevent-app-suspension');
    await electron.shell.openPath('/file');
    await probe.run('clipboard.write', { text: 'copied' });
    expect(await probe.readState()).toMatchObject({
      notifications: [{ id: 1, title: 'T', body: 'B', shown: true }],
      powerSaveBlockers: ['prevent-app-suspension'],
      shellActions: [{ kind: 'open-path', path: '/file' }],
      clipboardText: 'copied',
      badgeCount: 5,
    });
    electron.powerSaveBlocker.stop(blocker);
    expect((await probe.readState()).powerSaveBlockers).toEqual([]);
  });

  test('is written as a script that Electron can load by itself', () => {
    const path = join(temporaryFolder(), 'probe.cjs');
    writeProbeScript(path);
    execFileSync(process.execPath, ['--check', path]);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toMatch(/^import /m);
    expect(text).toContain(`globalThis.${probeName} = installProbe(require('electron'))`);
  });
});

test.for([
  [{}, null],
  [{ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere', DISPLAY: ':0' }, null],
  [{ ELECTRON_OVERRIDE_DIST_PATH: '' }, null],
] as const)('Electron is not found in %j', ([environment, expected]) => {
  expect(findElectron(environment, 'linux')).toBe(expected);
});
