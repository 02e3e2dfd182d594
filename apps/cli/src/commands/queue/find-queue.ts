/** Which queue a person means: by name, in any case, or by id. */
import type { QueueView } from '@sluice/contract';
import { type Parsed, wrongUsage } from '../../arguments/usage-error.ts';

export function findQueue(queues: readonly QueueView[], word: string): Parsed<QueueView> {
  const wanted = word.trim().toLowerCase();
  const found = queues.find(({ id }) => id === word) ?? queues.find(({ name }) => name.toLowerCase() === wanted);
  return found === undefined
    ? wrongUsage({ kind: 'no-such-queue', word, known: queues.map(({ name }) => name) })
    : { kind: 'ok', value: found };
}
