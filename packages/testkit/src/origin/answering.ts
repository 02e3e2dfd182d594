/** Carries one planned answer out on the wire: when the head leaves, how it is cut up, and how it all ends. */
import type { Answer } from './answer.ts';
import { sendBody } from './body-writer.ts';
import type { PlannedAnswer } from './plan.ts';
import type { Wire } from './wire.ts';

export interface AnswerProgress {
  headSent(status: number): void;
  bodySent(lengthBytes: number): void;
}

export interface SendAnswerOptions {
  readonly planned: PlannedAnswer;
  readonly answer: Answer;
  readonly bytesPerSecond: number;
  readonly progress: AnswerProgress;
}

/**
 * @returns `whole`: all of it was sent; `cut`: the script ended it early
 * @throws ClientGone
 */
export async function sendAnswer(wire: Wire, options: SendAnswerOptions): Promise<'whole' | 'cut'> {
  const { answer } = options;
  let isOver = false;
  void answer.resetWhen?.opened.then(() => {
    if (!isOver) wire.end('reset');
  });
  try {
    return await sendParts(wire, options);
  } finally {
    isOver = true;
  }
}

async function sendParts(
  wire: Wire,
  { planned, answer, progress, bytesPerSecond }: SendAnswerOptions,
): Promise<'whole' | 'cut'> {
  for (const interim of answer.interim ?? []) await wire.write(Buffer.from(interim, 'latin1'));
  if (answer.headDelayMs !== undefined) await wire.sleep(answer.headDelayMs);
  if (answer.headGate !== undefined) await wire.until(answer.headGate.pass());
  if (answer.end?.afterBytes === 'no-head') {
    wire.end(answer.end.how);
    return 'cut';
  }
  await sendHead(wire, planned.head, answer);
  progress.headSent(planned.status);
  const sent = await sendBody(wire, {
    source: planned.source,
    framing: planned.framing,
    bytesPerSecond,
    answer,
    onSent: (lengthBytes) => progress.bodySent(lengthBytes),
  });
  if (answer.end !== undefined) wire.end(answer.end.how);
  else if (planned.closes) wire.end('fin');
  return sent;
}

async function sendHead(wire: Wire, head: Buffer, answer: Answer): Promise<void> {
  if (answer.headWrites === undefined) {
    wire.hold(head);
    return;
  }
  const cuts = answer.headWrites === 'bytes' ? head.keys() : answer.headWrites;
  let start = 0;
  for (const end of [...cuts, head.length]) {
    await wire.write(head.subarray(start, end));
    // Lets the client read what was sent before more arrives.
    await new Promise(setImmediate);
    start = end;
  }
}
