/** Decides what becomes of Sluice when its window is closed. Pure. */

export type CloseAction = 'hide' | 'minimize' | 'quit';

/**
 * Downloads continue without a window. The window is hidden only where something is left to bring it back: the tray, or the dock of
 * macOS; elsewhere it stays in the task bar. Starting Sluice again shows it in every case.
 */
export function closeAction({ keepRunning, trayHost }: { keepRunning: boolean; trayHost: boolean }): CloseAction {
  if (!keepRunning) return 'quit';
  return trayHost ? 'hide' : 'minimize';
}
