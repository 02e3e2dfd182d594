/** The life of one connection: requests in order, each answered before the next is read. */
import type { Socket } from 'node:net';
import type { Answer } from './answer.ts';
import { sendAnswer } from './answering.ts';
import { planAnswer } from './plan.ts';
import { RequestReader } from './request-reader.ts';
import type { MutableRequest } from './request.ts';
import type { Routes } from './routes.ts';
import { ClientGone, type Wire } from './wire.ts';

export interface ConnectionDeps {
  readonly wire: Wire;
  readonly socket: Socket;
  readonly routes: Routes;
  /** Given instead of anything served or scripted. */
  readonly always?: Answer;
  /** Something a test may wait for has happened; the argument is the number of body bytes sent. */
  changed(bodyBytes: number): void;
}

/** Settles when the connection has no further request to answer. */
export async function serveConnection(context: ConnectionDeps): Promise<void> {
  const reader = new RequestReader(context.socket, context.wire);
  try {
    for (;;) {
      const request = context.routes.record(await reader.next(), context.wire.id);
      context.changed(0);
      if (!(await answerRequest(context, request))) return;
    }
  } catch (error) {
    if (error instanceof ClientGone) return;
    context.wire.destroy();
    throw error;
  }
}

/** @returns whether the connection may carry another request */
async function answerRequest(context: ConnectionDeps, request: MutableRequest): Promise<boolean> {
  let outcome: 'answered' | 'cut' = 'cut';
  try {
    const { answer, resource } =
      context.always === undefined ? await context.routes.answer(request) : { answer: context.always, resource: null };
    const planned = planAnswer(request, resource, answer);
    const sent = await sendAnswer(context.wire, {
      planned,
      answer,
      bytesPerSecond: answer.bytesPerSecond ?? answer.resource?.bytesPerSecond ?? resource?.bytesPerSecond ?? Infinity,
      progress: {
        headSent: (status) => {
          request.status = status;
          request.state = 'answering';
          context.changed(0);
        },
        bodySent: (lengthBytes) => {
          request.bodyBytesSent += lengthBytes;
          context.changed(lengthBytes);
        },
      },
    });
    if (sent === 'whole') outcome = 'answered';
    return sent === 'whole' && !planned.closes && answer.end === undefined;
  } finally {
    context.routes.finish(request, outcome);
    context.changed(0);
  }
}
