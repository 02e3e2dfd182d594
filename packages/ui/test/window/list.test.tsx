/** The list: what rows say, how they are selected, and what keys and menus do to them. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { download, oneOfEach, transferring } from '../download.ts';
import { openWindow } from './open-window.tsx';

function selectedNames(): (string | null)[] {
  return screen.getAllByRole('row', { selected: true }).map((row) => row.getAttribute('aria-label'));
}

describe('rows', () => {
  it('are named after their files and say their state', async () => {
    const { row } = await openWindow();
    expect(
      within(row('d1.bin')).getByRole('progressbar', { name: 'Progress of d1.bin' }).getAttribute('aria-valuenow'),
    ).toBe('40');
    expect(row('d1.bin').textContent).toContain('40%');
    expect(row('d4.bin').textContent).toContain('Paused');
    expect(row('d5.bin').textContent).toContain('The file is not at this address.');
    expect(row('d3.bin').textContent).toContain('The server is busy at the moment.');
    expect(row('d6.bin').textContent).toContain('Finished');
    expect(row('d7.bin').textContent).toContain('Cancelled');
  });

  it('follow deltas', async () => {
    const { row, emit } = await openWindow();
    await emit({ changed: [{ id: 'd1', receivedBytes: 800 }] });
    expect(row('d1.bin').textContent).toContain('80%');
    await emit({ removed: ['d2'], added: [download('d9')] });
    expect(screen.queryByRole('row', { name: 'd2.bin' })).toBeNull();
    expect(row('d9.bin')).toBeDefined();
  });

  it('show text from the network as text', async () => {
    const name = '<img src=x onerror=alert(1)>.zip';
    const { row } = await openWindow([download('d1', { name })]);
    expect(row(name).querySelector('img')).toBeNull();
    expect(row(name).textContent).toContain(name);
  });

  it('isolate the writing direction of names', async () => {
    const { row } = await openWindow([download('d1', { name: 'תמונות.zip' })]);
    expect(row('תמונות.zip').querySelector('bdi')?.textContent).toBe('תמונות.zip');
  });
});

describe('F103 a row whose file has changed', () => {
  const change = {
    before: { sizeBytes: 1000, etag: null, lastModified: null },
    now: { sizeBytes: 2000, etag: null, lastModified: null },
  };
  const changed = download('d1', { state: { kind: 'failed', error: { code: 'resource-changed' }, change } });

  it('is selected by a click anywhere before its end, and nothing is chosen by that', async () => {
    const { user, row, engine } = await openWindow([changed, download('d2')]);
    const cells = within(row('d1.bin')).getAllByRole('gridcell');
    for (const cell of cells.slice(0, -1)) {
      expect(within(cell).queryAllByRole('button')).toEqual([]);
      await user.click(row('d2.bin'));
      await user.click(cell);
      expect(selectedNames()).toEqual(['d1.bin']);
    }
    expect(engine.callsOf('resolveChanged')).toEqual([]);
  });

  it('has its three choices at its end, and in the menu that a narrow list shows in their place', async () => {
    const { user, row, engine } = await openWindow([changed]);
    const end = within(within(row('d1.bin')).getAllByRole('gridcell').at(-1) ?? row('d1.bin'));
    await user.click(end.getByRole('button', { name: 'Fetch beside it d1.bin' }));
    await user.click(end.getByRole('button', { name: 'Choose… d1.bin' }));
    await user.click(screen.getByRole('menuitem', { name: 'Replace' }));
    expect(engine.callsOf('resolveChanged')).toEqual([
      { ids: ['d1'], choice: 'beside' },
      { ids: ['d1'], choice: 'replace' },
    ]);
  });
});

describe('selecting', () => {
  it('by click, Ctrl and Shift, and acting on all of it at once', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d1.bin'));
    await user.keyboard('{Control>}');
    await user.click(row('d3.bin'));
    await user.keyboard('{/Control}');
    expect(selectedNames()).toEqual(['d1.bin', 'd3.bin']);
    await user.keyboard('{Shift>}');
    await user.click(row('d5.bin'));
    await user.keyboard('{/Shift}');
    expect(selectedNames()).toEqual(['d3.bin', 'd4.bin', 'd5.bin']);
    const bar = screen.getByRole('toolbar', { name: 'Selection' });
    expect(bar.textContent).toContain('3 selected');
    await user.click(within(bar).getByRole('button', { name: 'Retry' }));
    expect(engine.callsOf('retry')).toEqual([{ ids: ['d5'] }]);
    await user.click(within(bar).getByRole('button', { name: 'Resume' }));
    expect(engine.callsOf('resume')).toEqual([{ ids: ['d4'] }]);
  });

  it('by keyboard, with everything and nothing', async () => {
    const { user, row } = await openWindow();
    await user.click(row('d1.bin'));
    await user.keyboard('{ArrowDown}');
    expect(selectedNames()).toEqual(['d2.bin']);
    expect(document.activeElement).toBe(row('d2.bin'));
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(selectedNames()).toEqual(['d2.bin', 'd3.bin', 'd4.bin']);
    await user.keyboard('{Control>}a{/Control}');
    expect(selectedNames()).toHaveLength(7);
    await user.keyboard('{Escape}');
    expect(screen.queryAllByRole('row', { selected: true })).toEqual([]);
  });

  it('loses what the filter hides', async () => {
    const { user, row } = await openWindow();
    await user.click(row('d1.bin'));
    await user.click(screen.getByRole('button', { name: /^Finished/u }));
    expect(screen.queryAllByRole('row', { selected: true })).toEqual([]);
    expect(row('d6.bin')).toBeDefined();
  });
});

describe('keys and buttons', () => {
  it('Space pauses what runs and resumes what is paused', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d1.bin'));
    await user.keyboard(' ');
    expect(engine.callsOf('pause')).toEqual([{ ids: ['d1'] }]);
    await user.click(row('d4.bin'));
    await user.keyboard(' ');
    expect(engine.callsOf('resume')).toEqual([{ ids: ['d4'] }]);
  });

  it('Enter and double click open a finished file, where the platform can', async () => {
    const openFile = vi.fn<(id: string) => Promise<void>>(() => Promise.resolve());
    const { user, row } = await openWindow(oneOfEach(), { openFile });
    await user.click(row('d6.bin'));
    await user.keyboard('{Enter}');
    await user.dblClick(row('d6.bin'));
    expect(openFile.mock.calls).toEqual([['d6'], ['d6']]);
  });

  it('each row offers its next step', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'Pause d1.bin' }));
    await user.click(within(row('d3.bin')).getByRole('button', { name: 'Try now d3.bin' }));
    await user.click(within(row('d7.bin')).getByRole('button', { name: 'Retry d7.bin' }));
    expect(engine.calls.map(({ method }) => method).filter((method) => /pause|resume|retry/u.test(method))).toEqual([
      'pause',
      'resume',
      'retry',
    ]);
  });

  it('a button keeps its meaning for a moment after the host has changed it', async () => {
    const { user, row, emit, engine } = await openWindow();
    await emit({ changed: [{ id: 'd3', state: transferring }] });
    expect(row('d3.bin').textContent).not.toContain('The server is busy at the moment.');
    // On its way to "Try now" when the download started by itself.
    await user.click(within(row('d3.bin')).getByRole('button', { name: 'Try now d3.bin' }));
    expect(engine.callsOf('pause')).toEqual([]);
    await user.click(await within(row('d3.bin')).findByRole('button', { name: 'Pause d3.bin' }));
    expect(engine.callsOf('pause')).toEqual([{ ids: ['d3'] }]);
  });

  it('a key that is held down does its work once', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d1.bin'));
    await user.keyboard('{ >4}{/ }');
    within(row('d1.bin')).getByRole('button', { name: 'Pause d1.bin' }).focus();
    await user.keyboard('{Enter>4}{/Enter}');
    expect(engine.callsOf('pause')).toHaveLength(2);
  });

  it('Space tries again what has failed', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d4.bin'));
    await user.keyboard('{Shift>}{ArrowDown}{/Shift} ');
    expect(engine.callsOf('resume')).toEqual([{ ids: ['d4'] }]);
    expect(engine.callsOf('retry')).toEqual([{ ids: ['d5'] }]);
  });

  it('Alt with the arrows moves in the queue', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d3.bin'));
    await user.keyboard('{Alt>}{ArrowUp}{Home}{End}{/Alt}');
    expect(engine.callsOf('reorder')).toEqual([
      { ids: ['d3'], beforeId: 'd2' },
      { ids: ['d3'], beforeId: 'd1' },
      { ids: ['d3'], beforeId: null },
    ]);
  });

  it('the menu of a row has what applies to it, and not what the platform cannot do', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(within(row('d4.bin')).getByRole('button', { name: 'More actions for d4.bin' }));
    const items = screen.getAllByRole('menuitem').map((item) => item.getAttribute('data-key'));
    expect(items).toEqual([
      'resume',
      'copyLink',
      'copyName',
      'newLink',
      'signIn',
      'limits',
      'moveTop',
      'moveUp',
      'moveDown',
      'moveBottom',
      'priority',
      'cancel',
      'remove',
    ]);
    await user.click(screen.getByRole('menuitem', { name: /^Resume/u }));
    expect(engine.callsOf('resume')).toEqual([{ ids: ['d4'] }]);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('copies links, one a line', async () => {
    const { user, row, platform } = await openWindow();
    await user.click(row('d1.bin'));
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    const bar = screen.getByRole('toolbar', { name: 'Selection' });
    await user.click(within(bar).getByRole('button', { name: 'Copy link' }));
    expect(platform.copyText).toHaveBeenCalledWith('https://example.org/d1.bin\nhttps://example.org/d2.bin');
    expect(await screen.findByText('2 links copied.')).toBeDefined();
  });
});

describe('finding', () => {
  it('filters, searches and sorts', async () => {
    const { user, rowNames } = await openWindow([
      download('d1', { name: 'beta.zip', state: transferring, sizeBytes: 5 }),
      download('d2', { name: 'alpha.zip', sizeBytes: 9 }),
      download('d3', { name: 'gamma.iso', sizeBytes: 7 }),
    ]);
    await user.click(screen.getByRole('button', { name: 'Sort by Name' }));
    expect(rowNames()).toEqual(['alpha.zip', 'beta.zip', 'gamma.iso']);
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(screen.getByRole('button', { name: 'Sort by Size' }));
    expect(rowNames()).toEqual(['alpha.zip', 'gamma.iso', 'beta.zip']);
    await user.keyboard('{Control>}f{/Control}zip');
    expect(rowNames()).toEqual(['alpha.zip', 'beta.zip']);
    await user.type(screen.getByRole('searchbox', { name: 'Search' }), ' nothing');
    expect(screen.getByText('Nothing matches “zip nothing”')).toBeDefined();
    await user.click(screen.getAllByRole('button', { name: 'Clear search' })[0] ?? document.body);
    expect(rowNames()).toHaveLength(3);
  });
});
