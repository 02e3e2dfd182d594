/** The details pane: where it is, how much room it takes, and what several downloads come to. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fitDetails } from '../../src/details/details-size.ts';
import { sumsOf } from '../../src/details/selection-sums.tsx';
import { download, transferring } from '../download.ts';
import { openWindow } from './open-window.tsx';

const list = [
  download('d1', { state: transferring, sizeBytes: 4_000_000, receivedBytes: 1_000_000, speedBytesPerSecond: 500_000 }),
  download('d2', { state: { kind: 'paused' }, sizeBytes: 6_000_000, receivedBytes: 2_000_000 }),
  download('d3', { state: { kind: 'paused' }, sizeBytes: null, receivedBytes: 10 }),
];

describe('several downloads', () => {
  it('are summed', () => {
    expect(sumsOf(list)).toEqual({
      receivedBytes: 3_000_010,
      sizeBytes: 10_000_000,
      unknownSizes: 1,
      speedBytesPerSecond: 500_000,
    });
    expect(sumsOf([])).toEqual({ receivedBytes: 0, sizeBytes: 0, unknownSizes: 0, speedBytesPerSecond: 0 });
  });

  it('show their sums, which follow what is fetched', async () => {
    const { user, row, emit } = await openWindow(list);
    await user.click(row('d1.bin'));
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}i');
    const pane = screen.getByRole('region', { name: 'Details' });
    expect(within(pane).getByText('3 MB of 10 MB · 500 kB/s')).toBeDefined();
    await emit({ changed: [{ id: 'd1', receivedBytes: 2_000_000, speedBytesPerSecond: 0 }] });
    expect(within(pane).getByText('4 MB of 10 MB')).toBeDefined();
  });

  it('say that there may be more where a size is not known', async () => {
    const { user } = await openWindow(list);
    await user.keyboard('{Control>}a{/Control}i');
    expect(screen.getByText('3 MB of 10 MB and more · 500 kB/s')).toBeDefined();
  });
});

describe('the pane', () => {
  it('is resized by the keys of its edge, and goes back by Enter', async () => {
    const { user, services } = await openWindow(list);
    await user.keyboard('i');
    const edge = screen.getByRole('separator', { name: 'Resize details' });
    edge.focus();
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowDown}');
    expect(services.view.getState().detailsPx).toBe(268 + 24);
    expect(edge.getAttribute('aria-valuenow')).toBe('292');
    await user.keyboard('{Enter}');
    expect(services.view.getState().detailsPx).toBe(268);
  });

  it('is docked at the right and back', async () => {
    const { user, services } = await openWindow(list);
    await user.keyboard('i');
    await user.click(screen.getByRole('button', { name: 'Dock at the right' }));
    expect(services.view.getState().detailsDock).toBe('right');
    const edge = screen.getByRole('separator', { name: 'Resize details' });
    expect(edge.getAttribute('aria-orientation')).toBe('vertical');
    edge.focus();
    await user.keyboard('{ArrowLeft}');
    expect(services.view.getState().detailsPx).toBe(292);
    await user.click(screen.getByRole('button', { name: 'Dock at the bottom' }));
    expect(services.view.getState().detailsDock).toBe('bottom');
  });

  it.each([
    [0, 120],
    [300.4, 300],
    [5000, 900],
  ])('of %d takes %d', (wanted, taken) => {
    expect(fitDetails(wanted)).toBe(taken);
  });
});
