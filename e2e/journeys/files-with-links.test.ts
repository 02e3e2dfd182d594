/** Files and copied commands of other programs become downloads, with all that they say. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { paste } from '../window/hand-in.ts';

const file = { seed: 77, sizeBytes: 50_000 };

test('a chosen Metalink names the file, and its mirror serves when the first link fails', async ({
  origin,
  host,
  open,
}) => {
  origin.serve('/mirror/disk.bin', file);
  const metalink = `<?xml version="1.0"?><metalink xmlns="urn:ietf:params:xml:ns:metalink">
    <file name="../from metalink.bin"><size>50000</size>
      <url priority="1">${origin.urlOf('/gone/disk.bin')}</url>
      <url priority="2">${origin.urlOf('/mirror/disk.bin')}</url>
      <metaurl mediatype="torrent">x</metaurl></file></metalink>`;
  const window = await open();
  await window.openAdd();
  const chooser = window.page.waitForEvent('filechooser');
  await window.dialog.getByRole('button', { name: 'Choose files…' }).click();
  await (
    await chooser
  ).setFiles({ name: 'disk.meta4', mimeType: 'application/metalink4+xml', buffer: Buffer.from(metalink) });
  await expect(window.links).toHaveValue(origin.urlOf('/gone/disk.bin'));
  await expect(window.dialog.getByRole('list', { name: 'Not used of disk.meta4' })).toContainText('metaurl');
  await window.confirmAdd();
  await window.expectState('from metalink.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'from metalink.bin', file);
});

test('a command copied as cURL sends its cookie and its referrer', async ({ origin, host, open }) => {
  origin.serve('/private.bin', file);
  const link = origin.urlOf('/private.bin');
  const window = await open();
  await paste(window.page, `curl '${link}' -k -H 'referer: ${origin.urlOf('/page')}' -b 'sid=1'`);
  await expect(window.links).toHaveValue(link);
  await window.confirmAdd();
  await window.expectState('private.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'private.bin', file);
  const requests = origin.requestsOf('/private.bin');
  expect(requests.length).toBeGreaterThan(0);
  for (const { headers } of requests) {
    expect(headers).toMatchObject({ cookie: 'sid=1', referer: origin.urlOf('/page') });
  }
});
