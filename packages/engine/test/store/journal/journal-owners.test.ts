/** Two processes that meet over one partial. */
import { createFaultyFiles } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import { inspectJournal, loadJournal } from '../../../src/store/journal/journal.ts';
import { extentOf } from '../bodies.ts';
import { path, proveAll, stage } from './journal-stage.ts';

describe('F55 two processes', () => {
  const busy = { code: 'file-busy' };

  test('do not write one journal: the second is refused while the first lives, and changes nothing', async () => {
    const at = await stage();
    await proveAll(at, [extentOf(1, 0, 100)]);
    const before = at.memory.contents(path);
    await expect(loadJournal(at.memory.asOtherProcess(), path)).rejects.toMatchObject(busy);
    expect(at.memory.contents(path)).toEqual(before);
    expect(at.memory.paths()).toEqual([path]);
    expect(await inspectJournal(at.memory.asOtherProcess(), path)).toMatchObject({
      isInUse: true,
      trusted: [extentOf(1, 0, 100)],
    });
    expect(await inspectJournal(at.memory, path)).toMatchObject({ isInUse: false });
  });

  test('follow one another once the first has closed it', async () => {
    const at = await stage();
    await at.journal.close();
    const other = at.memory.asOtherProcess();
    const { journal } = await loadJournal(other, path);
    await expect(loadJournal(at.memory, path)).rejects.toMatchObject(busy);
    await journal.close();
    await (await loadJournal(at.memory, path)).journal.close();
  });

  test('follow one another once the first has died', async () => {
    const at = await stage();
    await at.journal.close();
    const other = at.memory.asOtherProcess();
    const { journal } = await loadJournal(other, path);
    await journal.recordExtents([extentOf(1, 0, 100)]);
    other.end();
    expect((await loadJournal(at.memory, path)).doubtful).toEqual([extentOf(1, 0, 100)]);
  });

  test('that take up a free journal at once: one gets it', async () => {
    const at = await stage();
    await at.journal.close();
    const others = Array.from({ length: 4 }, () => at.memory.asOtherProcess());
    const outcomes = await Promise.allSettled(others.map((other) => loadJournal(other, path)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(busy);
    expect(at.memory.paths()).toEqual([path]);
  });

  test('one that died while it took the journal over is not waited for', async () => {
    for (const effect of ['nothing', 'half'] as const) {
      for (let killAt = 0; killAt < 8; killAt += 1) {
        const at = await stage();
        await proveAll(at, [extentOf(1, 0, 100)]);
        await at.journal.close();
        const other = at.memory.asOtherProcess();
        const dying = createFaultyFiles(other);
        dying.killAt(killAt, effect);
        await loadJournal(dying, path).catch(() => {});
        other.end();
        at.memory.passTime(10_000);
        expect((await loadJournal(at.memory, path)).trusted).toEqual([extentOf(1, 0, 100)]);
        expect(at.memory.paths()).toEqual([path]);
      }
    }
  });

  test('a claim that is just being written counts', async () => {
    const at = await stage();
    await at.journal.close();
    const gate = Promise.withResolvers<void>();
    const slow = createFaultyFiles(at.memory.asOtherProcess());
    slow.fail({ kind: 'write', error: null, until: gate.promise });
    const first = loadJournal(slow, path);
    await expect.poll(() => slow.calls.at(-1)?.kind).toBe('write');
    await expect(loadJournal(at.memory, path)).rejects.toMatchObject(busy);
    gate.resolve();
    await first;
    await expect(loadJournal(at.memory, path)).rejects.toMatchObject(busy);
    expect(at.memory.paths()).toEqual([path]);
  });

  test('where processes have no names nobody is refused', async () => {
    const at = await stage();
    const nameless = { ...at.memory.asOtherProcess(), owner: async () => null };
    await at.journal.close();
    const { journal } = await loadJournal(nameless, path);
    await (await loadJournal(at.memory, path)).journal.close();
    await journal.close();
  });
});
