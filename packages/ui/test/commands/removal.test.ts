/** Removing with a way back. */
import { SluiceError } from '@sluice/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRemoval, undoMs } from '../../src/commands/removal.ts';
import { createReplica } from '../../src/replica/replica.ts';
import { createViewStore } from '../../src/view/view-store.ts';
import { oneOfEach } from '../download.ts';
import { scriptedEngine } from '../scripted-engine.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function removing() {
  const engine = scriptedEngine(oneOfEach());
  const replica = createReplica();
  replica.applySnapshot(await engine.snapshot({}));
  const view = createViewStore();
  const onError = vi.fn<(error: unknown) => void>();
  return { engine, view, onError, removal: createRemoval({ engine, replica, view, onError }) };
}

describe('createRemoval', () => {
  it('hides at once, pauses what runs, and tells the engine when the time is over', async () => {
    const { engine, view, removal } = await removing();
    await removal.removeUndoably(['d1', 'd6']);
    expect([...view.getState().hidden]).toEqual(['d1', 'd6']);
    expect(engine.callsOf('pause')).toEqual([{ ids: ['d1'] }]);
    expect(engine.callsOf('remove')).toEqual([]);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(engine.callsOf('remove')).toEqual([{ ids: ['d1', 'd6'], deleteFile: false }]);
  });

  it('brings back what was undone, running again', async () => {
    const { engine, view, removal } = await removing();
    const undo = await removal.removeUndoably(['d1', 'd4']);
    undo();
    expect(view.getState().hidden.size).toBe(0);
    expect(engine.callsOf('resume')).toEqual([{ ids: ['d1'] }]);
    await vi.advanceTimersByTimeAsync(undoMs * 2);
    expect(engine.callsOf('remove')).toEqual([]);
  });

  it('tells the engine when the window goes, and only once', async () => {
    const { engine, removal } = await removing();
    await removal.removeUndoably(['d4']);
    removal.flush();
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(engine.callsOf('remove')).toHaveLength(1);
  });

  it('shows them again when the engine would not', async () => {
    const { engine, view, onError, removal } = await removing();
    engine.answer('remove', () => Promise.reject(new SluiceError('internal')));
    await removal.removeUndoably(['d4']);
    await vi.advanceTimersByTimeAsync(undoMs);
    expect(view.getState().hidden.size).toBe(0);
    expect(onError).toHaveBeenCalledOnce();
  });

  it('hides nothing when what runs could not be paused', async () => {
    const { engine, view, removal } = await removing();
    engine.answer('pause', () => Promise.reject(new SluiceError('disconnected')));
    await expect(removal.removeUndoably(['d1'])).rejects.toMatchObject({ code: 'disconnected' });
    expect(view.getState().hidden.size).toBe(0);
  });
});
