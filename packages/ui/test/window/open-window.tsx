/** Opens the whole window on a scripted engine, and gives tests its parts. */
import { act, render, screen, within } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import type { DownloadView } from '@sluice/contract';
import { onTestFinished, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { createServices, type Services } from '../../src/app/services.ts';
import type { PlatformServices } from '../../src/index.ts';
import { oneOfEach } from '../download.ts';
import { scriptedEngine, type ScriptedEngine } from '../scripted-engine.ts';

export interface OpenWindow {
  readonly engine: ScriptedEngine;
  readonly services: Services;
  readonly user: UserEvent;
  readonly platform: PlatformServices;
  row(name: string): HTMLElement;
  rowNames(): (string | null)[];
  /** Emits a delta and waits until the window has drawn it. */
  emit(delta: Parameters<ScriptedEngine['emit']>[0]): Promise<void>;
}

export async function openWindow(
  downloads: DownloadView[] = oneOfEach(),
  abilities: Partial<PlatformServices> = {},
): Promise<OpenWindow> {
  const engine = scriptedEngine(downloads);
  const platform: PlatformServices = {
    kind: 'desktop',
    os: 'linux',
    version: '9.9.9',
    secretStorage: 'encrypted',
    copyText: vi.fn<PlatformServices['copyText']>(() => Promise.resolve()),
    ...abilities,
  };
  const services = createServices({ engine, platform });
  onTestFinished(() => services.close());
  render(<App services={services} />);
  if (downloads.length === 0) await screen.findByText('No downloads yet');
  else await screen.findByRole('row', { name: downloads[0]?.name ?? '' });
  return {
    engine,
    services,
    platform,
    user: userEvent.setup(),
    row: (name) => screen.getByRole('row', { name }),
    rowNames: () =>
      within(screen.getByRole('grid', { name: 'Downloads' }))
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.getAttribute('aria-label')),
    emit: async (delta) => {
      const { revision } = services.replica.getState();
      act(() => engine.emit(delta));
      await act(() =>
        vi.waitFor(() => services.replica.getState().revision > revision || Promise.reject(new Error('no batch yet'))),
      );
    },
  };
}
