/** Pausing keeps what was fetched, and resuming asks only for the rest. */
import { expectSeededFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { holdBack, mebibyte, proofBytes, rangeStartsSince } from '../origin-plays.ts';

const file = { seed: 11, sizeBytes: 8 * mebibyte };

test('pause, resume, finish', async ({ origin, host, open }) => {
  origin.serve('/p.bin', file);
  const gate = holdBack(origin, '/p.bin', 2 * mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/p.bin')]);
  await window.expectProgress('p.bin', 25);
  await window.action('p.bin', 'Pause').click();
  await window.expectState('p.bin', 'Paused');
  await window.expectProgress('p.bin', 25);
  const asked = origin.requestsOf('/p.bin').length;
  gate.open();
  await window.action('p.bin', 'Resume').click();
  await window.expectState('p.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'p.bin', file);
  for (const start of rangeStartsSince(origin, '/p.bin', asked))
    expect(start).toBeGreaterThanOrEqual(2 * mebibyte - proofBytes);
});

test('pause all and resume all', async ({ origin, host, open }) => {
  const names = ['x.bin', 'y.bin', 'z.bin'];
  const gates = names.map((name, seed) => {
    origin.serve(`/${name}`, { seed, sizeBytes: mebibyte });
    return holdBack(origin, `/${name}`, 1000);
  });
  const window = await open();
  await window.add(names.map((name) => origin.urlOf(`/${name}`)));
  for (const name of names) await window.expectState(name, 'Downloading');
  await window.toolbarButton('Pause all').click();
  for (const name of names) await window.expectState(name, 'Paused');
  for (const gate of gates) gate.open();
  await window.toolbarButton('Resume all').click();
  for (const [seed, name] of names.entries()) {
    await window.expectState(name, 'Finished');
    await expectSeededFile(host.downloadFolder, name, { seed, sizeBytes: mebibyte });
  }
});

test('closing the host in the middle loses nothing either', async ({ origin, host, open }) => {
  origin.serve('/q.bin', file);
  const gate = holdBack(origin, '/q.bin', 2 * mebibyte);
  const window = await open();
  await window.add([origin.urlOf('/q.bin')]);
  await window.expectProgress('q.bin', 25);
  expect(await host.stop()).toBe(0);
  const asked = origin.requestsOf('/q.bin').length;
  gate.open();
  const again = await open();
  await again.expectState('q.bin', 'Finished');
  await expectSeededFile(host.downloadFolder, 'q.bin', file);
  for (const start of rangeStartsSince(origin, '/q.bin', asked))
    expect(start).toBeGreaterThanOrEqual(2 * mebibyte - proofBytes);
});
