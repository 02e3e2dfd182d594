/** A curl that has exited before anybody reads what it wrote: all of that is still the body. */
import { seededBytes } from '@sluice/testkit/origin';
import { expect, test } from 'vitest';
import { expectFailure, never, startBackend } from '../backend-harness.ts';
import { collectingSink } from '../sinks.ts';

test.each(['length', 'chunked', 'close'] as const)(
  'F20 nothing of a body of framing %s runs out unread when curl exits',
  async (framing) => {
    await using backend = await startBackend('curl');
    backend.origin.serve('/file.bin', { seed: 4, sizeBytes: 20_000 });
    backend.origin.script('/file.bin', { framing, end: { afterBytes: 10_000, how: 'fin' } });
    const response = await backend.ask('/file.bin');
    await allProcessesGone();
    const sink = collectingSink();
    const reading = response.body.pipeTo(sink, never);
    if (framing === 'close') expect(await reading).toBe('end');
    else await expectFailure('body-short', reading);
    expect(sink.bytes().equals(seededBytes(4, 0, 10_000))).toBe(true);
  },
);

test('an empty body of unknown length, read when curl is gone, is at its end', async () => {
  await using backend = await startBackend('curl');
  backend.origin.script('/empty', { framing: 'close', body: '' });
  const response = await backend.ask('/empty');
  await allProcessesGone();
  expect(await response.body.pipeTo(collectingSink(), never)).toBe('end');
});

async function allProcessesGone(): Promise<void> {
  while (process.getActiveResourcesInfo().includes('ProcessWrap')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
