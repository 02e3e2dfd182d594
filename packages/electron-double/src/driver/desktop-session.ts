/** Plays the parts of a Linux desktop that an application asks about through its tools. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `gdbus` answers whether a tray host is registered, whatever the question: no application asks another. */
function gdbusScript(trayHost: boolean): string {
  return `#!/bin/sh\nprintf '(<${String(trayHost)}>,)\\n'\n`;
}

/**
 * @param folder where the tools are put
 * @returns the PATH with which an application finds them first
 */
export function createDesktopSession(folder: string, trayHost: boolean): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'gdbus'), gdbusScript(trayHost), { mode: 0o755 });
  return `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
}
