/** What the window says by itself: counts, the empty list, endings, and a lost engine. */
import { SluiceError } from '@sluice/contract';
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { oneOfEach } from '../download.ts';
import { openWindow } from './open-window.tsx';

describe('the frame', () => {
  it('counts by filter', async () => {
    await openWindow();
    const filters = within(screen.getByRole('navigation', { name: 'Show' }));
    expect(filters.getAllByRole('button').map((button) => button.textContent)).toEqual([
      'All7',
      'Active2',
      'Queued1',
      'Stopped2',
      'Failed1',
      'Finished1',
    ]);
  });

  it('pauses and resumes all', async () => {
    const { user, engine } = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Pause all' }));
    await user.click(screen.getByRole('button', { name: 'Resume all' }));
    expect(engine.callsOf('pauseAll')).toHaveLength(1);
    expect(engine.callsOf('resumeAll')).toHaveLength(1);
  });

  it('has nothing to pause in an empty list, and says how to begin', async () => {
    await openWindow([]);
    expect(screen.getByRole('button', { name: 'Pause all' })).toHaveProperty('disabled', true);
    expect(screen.getByText('Paste a link anywhere in this window')).toBeDefined();
  });

  it('shows the free space and the total speed', async () => {
    await openWindow();
    expect(await screen.findByText('5 GB free')).toBeDefined();
    expect(within(screen.getByRole('contentinfo', { name: 'Status' })).getByLabelText('Total speed').textContent).toBe(
      '0.1 kB/s',
    );
  });
});

describe('endings', () => {
  it('are announced by name, or by number when there are many', async () => {
    const { emit } = await openWindow();
    await emit({ changed: [{ id: 'd1', state: { kind: 'finished', finishedAtMs: 1 } }] });
    expect(screen.getByRole('log').textContent).toBe('d1.bin is finished.');
    await emit({
      changed: [
        { id: 'd2', state: { kind: 'failed', error: { code: 'disk-full' } } },
        { id: 'd3', state: { kind: 'finished', finishedAtMs: 1 } },
        { id: 'd4', state: { kind: 'finished', finishedAtMs: 1 } },
      ],
    });
    expect(screen.getByRole('log').textContent).toBe('2 downloads finished. d2.bin failed. The disk is full.');
  });
});

describe('a lost engine', () => {
  it('is said, and forgotten when it is back', async () => {
    const { user, engine } = await openWindow();
    engine.answer('pauseAll', () => Promise.reject(new SluiceError('disconnected')));
    await user.click(screen.getByRole('button', { name: 'Pause all' }));
    expect(await screen.findByText(/connection to the engine is lost\. Running downloads/u)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    await act(() => vi.waitFor(() => expect(screen.queryByText(/is lost\. Running downloads/u)).toBeNull()));
    expect(screen.getByRole('row', { name: 'd1.bin' })).toBeDefined();
  });
});

describe('details', () => {
  it('are asked for while they are shown', async () => {
    const { user, row, engine } = await openWindow(oneOfEach());
    engine.answer('details', ({ id }) => ({
      id,
      path: '/downloads/d6.bin',
      partialPath: null,
      finalUrl: 'https://mirror.example.org/d6.bin',
      etag: '"abc"',
      lastModified: null,
      contentType: null,
      backend: 'auto',
      segments: [],
    }));
    await user.click(row('d6.bin'));
    expect(engine.callsOf('details')).toEqual([]);
    await user.keyboard('i');
    const pane = screen.getByRole('region', { name: 'Details' });
    expect(await within(pane).findByText('"abc"')).toBeDefined();
    expect(within(pane).getByText('https://mirror.example.org/d6.bin')).toBeDefined();
    expect(within(pane).getByRole('img', { name: 'Segment map: 100% fetched, 0 active' })).toBeDefined();
  });
});

describe('F121 a list that cannot be saved', () => {
  it('is said while it lasts, and no longer', async () => {
    const { emit } = await openWindow();
    const notice = /^The list cannot be saved/u;
    expect(screen.queryByText(notice)).toBeNull();
    await emit({ unsaved: { code: 'disk-full' } });
    expect(screen.getByText(notice).getAttribute('role')).toBe('alert');
    await emit({ unsaved: null });
    expect(screen.queryByText(notice)).toBeNull();
  });
});
