/** Two Channels joined inside one process, for a UI that lives with its engine and for tests. */
import type { Channel } from '../channel.ts';
import { Inbox } from './inbox.ts';

/** Messages are copied through JSON, so neither end can reach into the other's objects, and arrive in a later microtask. */
export function createMemoryChannelPair(): [Channel, Channel] {
  const left = new Inbox();
  const right = new Inbox();
  return [endOf(left, right), endOf(right, left)];
}

function endOf(own: Inbox, other: Inbox): Channel {
  return {
    send(message) {
      if (!own.open) return;
      const text = JSON.stringify(message);
      const copy: unknown = JSON.parse(text);
      queueMicrotask(() => other.receive(copy));
    },
    start(handlers) {
      own.start(handlers);
    },
    close() {
      own.close();
      queueMicrotask(() => other.end());
    },
  };
}
