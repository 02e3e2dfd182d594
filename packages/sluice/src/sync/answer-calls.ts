/** The other thread's side of a synchronous call: takes it, answers it, and shows on the way that it lives. */
import { parentPort } from 'node:worker_threads';
import { answered, beat, ended, type SyncAnswer, type SyncCall, type SyncMessage } from './sync-protocol.ts';

const beatEveryMs = 500;

/** @param answerTo never rejects */
export function answerCalls(answerTo: (call: SyncCall) => Promise<SyncAnswer>): void {
  parentPort?.on('message', (message: SyncMessage) => void serve(message, answerTo));
}

async function serve(
  { call, port, bell }: SyncMessage,
  answerTo: (call: SyncCall) => Promise<SyncAnswer>,
): Promise<void> {
  const lastWord = (): void => {
    Atomics.store(bell, ended, 1);
    ring(bell);
  };
  Atomics.add(bell, beat, 1);
  const beating = setInterval(() => Atomics.add(bell, beat, 1), beatEveryMs);
  process.once('exit', lastWord);
  const answer = await answerTo(call);
  // Handed over, not copied.
  port.postMessage(answer, answer.kind === 'memory' ? [answer.result.bytes.buffer] : []);
  port.close();
  // Last, so that the woken thread finds the answer.
  ring(bell);
  // Last: an answer that cannot be posted ends this thread, and that is to be said as well.
  process.off('exit', lastWord);
  clearInterval(beating);
}

function ring(bell: Int32Array): void {
  Atomics.store(bell, answered, 1);
  Atomics.notify(bell, answered);
}
