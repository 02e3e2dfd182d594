/** Every message that may cross a Channel, as schemas. Both ends parse what they receive; whatever does not parse is not acted on. */
import { z } from 'zod';
import { errorInfoSchema } from '../errors.ts';

/**
 * Rises when one peer would misread the other. A new method or an optional field does not raise it. 2: snapshots and
 * downloads name their queues.
 */
export const protocolVersion = 2;

/** Chosen by the UI end; unique among the calls it has not had an answer to. */
const callIdSchema = z.number().int().min(0);
const subscriptionIdSchema = z.number().int().min(0);

/** The first message of either end. */
const helloSchema = z.object({ kind: z.literal('hello'), protocol: z.number().int() });

export const messageToHostSchema = z.discriminatedUnion('kind', [
  helloSchema,
  z.object({ kind: z.literal('request'), id: callIdSchema, method: z.string(), params: z.unknown() }),
  /** The caller no longer wants the answer; none needs to be sent. */
  z.object({ kind: z.literal('cancel'), id: callIdSchema }),
  /** At most one subscription is alive on a channel: a new one replaces the one before. */
  z.object({ kind: z.literal('subscribe'), subscription: subscriptionIdSchema }),
  z.object({ kind: z.literal('unsubscribe'), subscription: subscriptionIdSchema }),
  /** One delta has been taken in; the host may send another. */
  z.object({ kind: z.literal('acknowledge'), subscription: subscriptionIdSchema }),
]);
export type MessageToHost = z.infer<typeof messageToHostSchema>;

/** Results and deltas are parsed a second time, by the schema of their method and by the delta's. */
export const messageToUiSchema = z.discriminatedUnion('kind', [
  helloSchema,
  z.object({ kind: z.literal('result'), id: callIdSchema, result: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: callIdSchema, error: errorInfoSchema }),
  z.object({ kind: z.literal('delta'), subscription: subscriptionIdSchema, delta: z.unknown() }),
]);
export type MessageToUi = z.infer<typeof messageToUiSchema>;

/** What can still be answered in a message that does not parse: the call it belongs to. */
const callIdOnlySchema = z.object({ id: callIdSchema });

/** The call a message that does not parse belongs to, if that much can be read. */
export function callIdOf(message: unknown): number | undefined {
  return callIdOnlySchema.safeParse(message).data?.id;
}
