/** Queues: seen at the left edge, made and changed in a dialog, and given downloads from a menu. */
import { screen, within } from '@testing-library/react';
import { mainQueueView, type QueueView, SluiceError } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { download } from '../download.ts';
import { openWindow } from './open-window.tsx';

const night: QueueView = { ...mainQueueView, id: 'night', name: 'Night', isOpen: false, changesAtMs: null };
const queues = [mainQueueView, night];
const list = [download('d1'), download('d2', { queueId: 'night' })];

describe('the list of queues', () => {
  it('shows what is in one of them, and all again', async () => {
    const { user, emit, rowNames } = await openWindow(list);
    await emit({ queues });
    const nav = screen.getByRole('navigation', { name: 'Queues' });
    await user.click(within(nav).getByRole('button', { name: /^Night/u }));
    expect(rowNames()).toEqual(['d2.bin']);
    await user.click(within(nav).getByRole('button', { name: /^Night/u }));
    expect(rowNames()).toEqual(['d1.bin', 'd2.bin']);
  });

  it('says of a download that waits for its queue what it waits for', async () => {
    const { row, emit } = await openWindow(list);
    expect(row('d2.bin').textContent).toContain('Queued');
    await emit({ queues });
    expect(row('d2.bin').textContent).toContain('Queue never opens');
    await emit({ queues: [mainQueueView, { ...night, isPaused: true }] });
    expect(row('d2.bin').textContent).toContain('Queue is paused');
  });
});

describe('a queue', () => {
  it('is made with its hours', async () => {
    const { user, engine, services } = await openWindow(list);
    await user.click(screen.getByRole('button', { name: 'New queue' }));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Slow ');
    await user.click(screen.getByRole('button', { name: 'Add hours' }));
    await user.click(screen.getByRole('button', { name: 'Sunday' }));
    await user.click(screen.getByRole('button', { name: 'Make queue' }));
    expect(engine.callsOf('saveQueue')).toEqual([
      {
        name: 'Slow',
        maxRunning: 0,
        speedLimitBytesPerSecond: 0,
        isPaused: false,
        schedule: [{ days: [1, 2, 3, 4, 5, 6], fromMinute: 1320, untilMinute: 360 }],
      },
    ]);
    expect(services.view.getState().queueId).toBe('q1');
  });

  it('is changed, and keeps the dialog open when it cannot be', async () => {
    const { user, engine, emit } = await openWindow(list);
    await emit({ queues });
    engine.answer('saveQueue', () => Promise.reject(new SluiceError('queue-name-taken')));
    await user.click(screen.getByRole('button', { name: /^Night/u }));
    await user.click(screen.getByRole('button', { name: 'Change queue Night' }));
    await user.click(screen.getByRole('switch', { name: /^Paused/u }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(engine.callsOf('saveQueue')).toMatchObject([{ id: 'night', isPaused: true }]);
    expect(await screen.findByText('Another queue has this name.')).toBeDefined();
  });

  it('is removed, but never the main one', async () => {
    const { user, engine, emit } = await openWindow(list);
    await emit({ queues });
    await user.click(screen.getByRole('button', { name: /^Main/u }));
    await user.click(screen.getByRole('button', { name: 'Change queue Main' }));
    expect(screen.queryByRole('button', { name: 'Remove queue' })).toBeNull();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: /^Night/u }));
    await user.click(screen.getByRole('button', { name: 'Change queue Night' }));
    await user.click(screen.getByRole('button', { name: 'Remove queue' }));
    expect(engine.callsOf('removeQueue')).toEqual([{ id: 'night' }]);
  });

  it('takes the downloads that are added while it is looked at, or that are sent there', async () => {
    const { user, engine, emit, row } = await openWindow(list);
    await emit({ queues });
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'More actions for d1.bin' }));
    await user.click(screen.getByRole('menuitem', { name: 'Queue' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Night' }));
    expect(engine.callsOf('setQueue')).toEqual([{ ids: ['d1'], queueId: 'night' }]);
    await user.click(screen.getByRole('button', { name: /^Night/u }));
    await user.keyboard('n');
    await user.type(screen.getByRole('textbox', { name: 'Links' }), 'https://a.org/1');
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(engine.callsOf('add')).toEqual([{ downloads: [{ url: 'https://a.org/1', queueId: 'night' }], start: true }]);
  });
});

it('a priority is given from the menu', async () => {
  const { user, engine, row } = await openWindow(list);
  await user.click(within(row('d1.bin')).getByRole('button', { name: 'More actions for d1.bin' }));
  await user.click(screen.getByRole('menuitem', { name: 'Priority' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'High' }));
  expect(engine.callsOf('setPriority')).toEqual([{ ids: ['d1'], priority: 'high' }]);
});
