/** Asks main, through the preload script, for the two ports this document talks over. */
import { SluiceError } from '@sluice/contract';
import { requestKind } from '../shared/handover.ts';
import { handoverSchema, type Handover } from '../shared/handover-schema.ts';

export interface Ports {
  readonly engine: MessagePort;
  readonly platform: MessagePort;
  readonly handover: Handover;
}

/** Main answers at once or is gone; then the window says so instead of waiting for ever. */
const waitMs = 10_000;

/** @throws SluiceError `timeout` without an answer */
export function requestPorts(): Promise<Ports> {
  const { promise, resolve, reject } = Promise.withResolvers<Ports>();
  const timer = setTimeout(() => finish(() => reject(new SluiceError('timeout', 'main handed over no ports'))), waitMs);

  function finish(settle: () => void): void {
    clearTimeout(timer);
    window.removeEventListener('message', onMessage);
    settle();
  }

  function onMessage(event: MessageEvent): void {
    if (event.source !== window || event.origin !== location.origin) return;
    const handover = handoverSchema.safeParse(event.data);
    const [engine, platform] = event.ports;
    if (!handover.success || engine === undefined || platform === undefined) return;
    finish(() => resolve({ engine, platform, handover: handover.data }));
  }

  window.addEventListener('message', onMessage);
  window.postMessage({ kind: requestKind }, location.origin);
  return promise;
}
