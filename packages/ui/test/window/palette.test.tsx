/** The command palette, the walk through the regions, and what is copied. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { PlatformServices } from '../../src/index.ts';
import { download } from '../download.ts';
import { openWindow } from './open-window.tsx';

describe('the command palette', () => {
  it('finds a command by a part of its name and runs it by Enter', async () => {
    const { user, engine } = await openWindow();
    await user.keyboard('{Control>}k{/Control}');
    const palette = screen.getByRole('dialog', { name: 'Commands' });
    await user.type(within(palette).getByRole('searchbox'), 'pause al');
    expect(within(palette).getAllByRole('menuitem')).toHaveLength(1);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(engine.callsOf('pauseAll')).toHaveLength(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('offers for the selection what its menu offers, and may lead to another dialog', async () => {
    const { user, row } = await openWindow();
    await user.click(row('d4.bin'));
    await user.keyboard('{Control>}k{/Control}');
    const palette = screen.getByRole('dialog', { name: 'Commands' });
    expect(within(palette).getByRole('menuitem', { name: 'Resume' })).toBeDefined();
    expect(within(palette).queryByRole('menuitem', { name: 'Pause' })).toBeNull();
    await user.click(within(palette).getByRole('menuitem', { name: 'Settings' }));
    expect(screen.getByRole('dialog', { name: 'Settings' })).toBeDefined();
  });

  it('changes the look of the list', async () => {
    const { user, services } = await openWindow();
    await user.keyboard('{Control>}k{/Control}');
    await user.click(screen.getByRole('menuitem', { name: 'Rows: Compact' }));
    expect(services.view.getState().density).toBe('compact');
    expect(screen.getByRole('grid', { name: 'Downloads' }).dataset['density']).toBe('compact');
  });
});

describe('F6', () => {
  it('goes through the regions, the list first, and back with Shift', async () => {
    const { user, row } = await openWindow();
    await user.keyboard('{F6}');
    expect(document.activeElement).toBe(row('d1.bin'));
    await user.keyboard('{F6}');
    expect(document.activeElement?.closest('.status-bar')).not.toBeNull();
    await user.keyboard('{F6}');
    expect(document.activeElement?.closest('.sidebar')).not.toBeNull();
    await user.keyboard('{Shift>}{F6}{/Shift}');
    expect(document.activeElement?.closest('.status-bar')).not.toBeNull();
  });
});

describe('copying', () => {
  it.each([
    ['/d', '/d/f.bin'],
    ['/', '/f.bin'],
    ['C:\\d', 'C:\\d\\f.bin'],
  ])('a path in %s', async (folder, path) => {
    const copyText = vi.fn<PlatformServices['copyText']>(() => Promise.resolve());
    const list = [download('d1', { name: 'f.bin', folder, state: { kind: 'finished', finishedAtMs: 0 } })];
    const { services } = await openWindow(list, { copyText });
    services.commands.run('copyPath', ['d1']);
    services.commands.run('copyName', ['d1']);
    expect(copyText.mock.calls).toEqual([[path], ['f.bin']]);
  });
});
