/** What goes wrong is said in plain words, with a way on, and nothing is lost by it. */
import { startOrigin } from '@sluice/testkit/origin';
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { mebibyte } from '../origin-plays.ts';

test('a bad link is named before it is added, and the good one beside it is fetched', async ({ origin, open }) => {
  origin.serve('/good.bin', { seed: 51, sizeBytes: 1000 });
  const window = await open();
  await window.openAdd();
  await window.links.fill(`htp://example.test/a\n${origin.urlOf('/good.bin')}`);
  await expect(window.dialog).toContainText('Did you mean “http:”?');
  await window.confirmAdd();
  await window.expectState('good.bin', 'Finished');
  await expect(window.rows).toHaveCount(1);
});

test('a link to nothing fails with what to do next, and its row stays', async ({ origin, open }) => {
  const window = await open();
  await window.add([origin.urlOf('/missing.bin')]);
  await window.expectState('missing.bin', 'Failed');
  await expect(window.row('missing.bin')).toContainText('The file is not at this address.');
  await expect(window.row('missing.bin')).toContainText('Check the link');
});

test('a dead server is waited for, and once it is back the file is finished', async ({ host, open }) => {
  const file = { seed: 52, sizeBytes: mebibyte };
  const first = await startOrigin();
  await first.close();
  const window = await open();
  await window.add([first.urlOf('/late.bin')]);
  await window.expectState('late.bin', 'Waiting');
  await expect(window.row('late.bin')).toContainText('The server does not accept connections.');
  await using back = await startOrigin({ port: first.port });
  back.serve('/late.bin', file);
  await window.expectState('late.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'late.bin', file);
});

test('a server that wants an hour is asked again at once when a person says so', async ({ origin, host, open }) => {
  const file = { seed: 54, sizeBytes: mebibyte };
  origin.serve('/busy.bin', file);
  origin.script('/busy.bin', { status: 503, headers: { 'Retry-After': '3600' } });
  const window = await open();
  await window.add([origin.urlOf('/busy.bin')]);
  await window.expectState('busy.bin', 'Waiting');
  await expect(window.row('busy.bin')).toContainText('Next try in');
  origin.script('/busy.bin', null);
  await window.action('busy.bin', 'Try now').click();
  await window.expectState('busy.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'busy.bin', file);
});

test('a server that asks who is there is told in the window, and the file comes', async ({ origin, host, open }) => {
  const file = { seed: 55, sizeBytes: mebibyte };
  const authorization = `Basic ${Buffer.from('ann:open sesame').toString('base64')}`;
  origin.serve('/members.bin', file);
  origin.script('/members.bin', ({ headers }) =>
    headers['authorization'] === authorization
      ? {}
      : { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="members"' } },
  );
  const window = await open();
  await window.add([origin.urlOf('/members.bin')]);
  await window.expectState('members.bin', 'Failed');
  await window.action('members.bin', 'Sign in…').click();
  await window.dialog.getByLabel('User name').fill('ann');
  await window.dialog.getByLabel('Password').fill('open sesame');
  await window.dialog.getByRole('button', { name: 'Sign in and continue' }).click();
  await window.expectState('members.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'members.bin', file);
});

test('connections that break do not break the file', async ({ origin, host, open }) => {
  const file = { seed: 53, sizeBytes: 4 * mebibyte };
  origin.serve('/frail.bin', file);
  origin.script('/frail.bin', (_request, index) =>
    index < 6 ? { end: { afterBytes: 300_000, how: index % 2 === 0 ? 'reset' : 'fin' } } : {},
  );
  const window = await open();
  await window.add([origin.urlOf('/frail.bin')]);
  await window.expectState('frail.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'frail.bin', file);
});
