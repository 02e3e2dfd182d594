/** When the file on the server changes in the middle, two versions never end up in one file. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte } from '../origin-plays.ts';

const before = { seed: 31, sizeBytes: 4 * mebibyte };

for (const [how, after] of [
  ['with another tag and size', { seed: 32, sizeBytes: 5 * mebibyte }],
  ['with the same size', { seed: 32, sizeBytes: 4 * mebibyte }],
] as const) {
  test(`changed ${how} while paused`, async ({ origin, host, open }) => {
    origin.serve('/c.bin', before);
    const gate = holdBack(origin, '/c.bin', mebibyte);
    const window = await open();
    await window.add([origin.urlOf('/c.bin')]);
    await window.expectProgress('c.bin', 25);
    await window.action('c.bin', 'Pause').click();
    await window.expectState('c.bin', 'Paused');
    origin.change('/c.bin', after);
    gate.open();
    await window.action('c.bin', 'Resume').click();
    await window.expectState('c.bin', 'Finished');
    await expectSeededFile(host.downloadFolder, 'c.bin', after);
  });
}

test('changed, although the server claims to continue the old one', async ({ origin, host, open }) => {
  origin.serve('/c.bin', before);
  const gate = holdBack(origin, '/c.bin', mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/c.bin')]);
  await window.expectProgress('c.bin', 25);
  await window.action('c.bin', 'Pause').click();
  await window.expectState('c.bin', 'Paused');
  const after = { seed: 33, sizeBytes: 4 * mebibyte };
  origin.serve('/c.bin', after);
  // Answers any range with 206 and the new bytes, whatever If-Range said.
  origin.script('/c.bin', ({ asked }) =>
    asked === null ? {} : { status: 206, send: { start: asked.start, end: asked.end ?? after.sizeBytes } },
  );
  gate.open();
  await window.action('c.bin', 'Resume').click();
  await window.expectState('c.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'c.bin', after);
  expect(origin.requestsOf('/c.bin').length).toBeGreaterThan(1);
});
