/**
 * How a page comes by its two ports: it asks the preload script, which asks main, and the ports come back the same way.
 * A page asks again after a reload, a crash, or when a port breaks; the ports it had are then closed.
 */

/** On the IPC channel between preload and main, in both directions. */
export const handoverChannel = 'sluice:ports';

/** In `window.postMessage` between the page and its preload script. */
export const requestKind = 'sluice:request-ports';
export const handoverKind = 'sluice:ports';

export function isRequest(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === requestKind;
}
