/** Answers the test's commands over the process channel, and tells it whenever the observable state changed. */
import type { ControlReply, ControlRequest } from '../control.ts';
import { handleCommand, readObserved, runCommand, setObserver } from './observed.ts';

type Send = (reply: ControlReply) => void;

function message(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Takes the channel away from the application's view: Electron's main process has no `process.send`.
 * Without a channel (started by hand) the double runs unobserved.
 */
export function startControlServer(): void {
  const send = process.send?.bind(process);
  if (send === undefined) return;
  const reply: Send = (value) => {
    if (process.connected) send(value);
  };
  process.on('message', (request: ControlRequest) => {
    runCommand(request.command, request.params).then(
      (value) => reply({ kind: 'result', id: request.id, value }),
      (error: unknown) => reply({ kind: 'error', id: request.id, message: message(error) }),
    );
  });
  // A test that is gone leaves nothing behind.
  process.once('disconnect', () => process.exit(1));
  Object.defineProperty(process, 'send', { value: undefined, configurable: true });
  handleCommand('state', () => readObserved());
  setObserver(() => reply({ kind: 'state', state: readObserved() }));
}
