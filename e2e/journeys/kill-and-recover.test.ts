/** A host that is killed in the middle comes back with its list and its bytes. */
import { expectCheckpoint, expectSeededFile, filesIn } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte, proofBytes, rangeStartsSince } from '../origin-plays.ts';

test('kill -9 in the middle: the list is there, and only the rest is fetched', async ({ origin, host, open }) => {
  const file = { seed: 21, sizeBytes: 12 * mebibyte + 7 };
  origin.serve('/k.bin', file);
  origin.serve('/done.bin', { seed: 22, sizeBytes: 1000 });
  const gate = holdBack(origin, '/k.bin', 3 * mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/done.bin')]);
  await window.expectState('done.bin', 'Finished');
  await window.add([origin.urlOf('/k.bin')]);
  await window.add([origin.urlOf('/never.bin')], { paused: true });
  await window.expectProgress('k.bin', 24);
  await expectCheckpoint(host.downloadFolder, 'k.bin', 3 * mebibyte);
  await host.kill();
  expect(await filesIn(host.downloadFolder)).not.toContain('k.bin');

  const asked = origin.requestsOf('/k.bin').length;
  gate.open();
  const again = await open();
  await again.expectState('done.bin', 'Finished');
  await again.expectState('never.bin', 'Paused');
  await again.expectState('k.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'k.bin', file);
  for (const start of rangeStartsSince(origin, '/k.bin', asked))
    expect(start).toBeGreaterThanOrEqual(3 * mebibyte - proofBytes);
  expect(await filesIn(host.downloadFolder)).toEqual(['done.bin', 'k.bin']);
});

test('killed again and again it still ends with the right bytes', async ({ origin, host, open }) => {
  // The host starts five times, each in seconds on a quiet machine and in many on a busy one.
  test.setTimeout(180_000);
  const file = { seed: 23, sizeBytes: 6 * mebibyte };
  origin.serve('/again.bin', file);
  let window = await open();
  let gate = holdBack(origin, '/again.bin', mebibyte);
  await window.add([origin.urlOf('/again.bin')]);
  for (const mebibytes of [1, 2, 3]) {
    await window.expectProgress('again.bin', Math.floor((mebibytes / 6) * 100));
    await expectCheckpoint(host.downloadFolder, 'again.bin', mebibytes * mebibyte);
    await host.kill();
    gate.open();
    gate = holdBack(origin, '/again.bin', (mebibytes + 1) * mebibyte);
    window = await open();
  }
  gate.open();
  await window.expectState('again.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'again.bin', file);
});
