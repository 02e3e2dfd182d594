/** What only a desktop has: a tray, a window that may be closed, notifications, second launches. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import type { HostDriver } from '../hosts/host-driver.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';
import { DownloadsWindow } from '../window/downloads-window.ts';

const file = { seed: 101, sizeBytes: 2 * mebibyte };

function desktopOf(host: HostDriver): NonNullable<HostDriver['desktop']> {
  if (host.desktop === null) throw new Error('this journey is for desktops');
  return host.desktop;
}

test('pause all and resume all from the tray @desktop', async ({ origin, host, open }) => {
  origin.serve('/t.bin', file);
  const gate = holdBack(origin, '/t.bin', mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/t.bin')]);
  await window.expectProgress('t.bin', 50);
  await desktopOf(host).tray.choose('Pause all');
  await window.expectState('t.bin', 'Paused');
  gate.open();
  await desktopOf(host).tray.choose('Resume all');
  await window.expectState('t.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 't.bin', file);
});

test('with the window closed the download finishes, says so, and is there when the window is back @desktop', async ({
  origin,
  host,
  open,
}) => {
  origin.serve('/w.bin', file);
  const gate = holdBack(origin, '/w.bin', mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/w.bin')]);
  await window.expectProgress('w.bin', 50);
  const desktop = desktopOf(host);
  await desktop.window.close();
  await desktop.waitFor('no visible window', ({ windows }) => windows.every(({ visible }) => !visible));
  gate.open();
  await desktop.waitFor('a notification that it is finished', ({ notifications }) =>
    notifications.some(({ body, title }) => `${title} ${body}`.includes('w.bin')),
  );
  await expectSeededFile(host.downloadFolder, 'w.bin', file);
  await desktop.tray.click();
  await desktop.waitFor('the window', ({ windows }) => windows.some(({ visible }) => visible));
  await new DownloadsWindow(await desktop.page()).expectState('w.bin', 'Finished');
});

test('item 7: a name cannot write markup into a notification, nor hide its end @desktop', async ({
  origin,
  host,
  open,
}) => {
  origin.serve('/n', { ...file, headers: { 'Content-Disposition': `attachment; filename="a&b '<b>'.bin"` } });
  const window = await open();
  await window.add([origin.urlOf('/n')]);
  const { notifications } = await desktopOf(host).waitFor('a notification', (state) => state.notifications.length > 0);
  const [name] = await window.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
  const escaped = (name ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  expect(name).toContain('&');
  expect(notifications[0]?.body).toBe(process.platform === 'linux' ? escaped : name);
});

test('a second launch hands its links over and ends @desktop', async ({ origin, host, open }) => {
  origin.serve('/second.bin', file);
  const window = await open();
  const exit = await desktopOf(host).secondInstance([origin.urlOf('/second.bin')]);
  expect(exit.code).toBe(0);
  await window.expectState('second.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'second.bin', file);
});

test('F62: a window that crashes comes back, and the engine never noticed @desktop', async ({ origin, host, open }) => {
  origin.serve('/crash.bin', file);
  const gate = holdBack(origin, '/crash.bin', mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/crash.bin')]);
  await window.expectProgress('crash.bin', 50);
  const desktop = desktopOf(host);
  await desktop.window.crash();
  await desktop.waitFor('a living window', ({ windows }) => windows.some(({ crashed, loaded }) => loaded && !crashed));
  gate.open();
  await new DownloadsWindow(await desktop.page()).expectState('crash.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'crash.bin', file);
});
