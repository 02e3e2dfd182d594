/** Finds out whether this desktop shows tray icons at all. */
import { execFile } from 'node:child_process';
import { findProgram } from '@sluice/host';

/** The question of the StatusNotifierItem specification: has anyone registered to show the items? */
const question = [
  'call',
  '--session',
  '--timeout=1',
  '--dest=org.kde.StatusNotifierWatcher',
  '--object-path=/StatusNotifierWatcher',
  '--method=org.freedesktop.DBus.Properties.Get',
  'org.kde.StatusNotifierWatcher',
  'IsStatusNotifierHostRegistered',
];

/**
 * Windows and macOS always have a place for it. On Linux some desktops have none, and Electron cannot tell, so the
 * session bus is asked; without an answer there is none, and the window is minimised where it would have been hidden.
 */
export function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  const program = findProgram('gdbus');
  if (program === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    execFile(program, question, { timeout: 2000 }, (error, stdout) =>
      resolve(error === null && stdout.includes('true')),
    );
  });
}
