/** What the conformance cases are made of: pairs, a recording end, and checks that need no test framework. */
import type { Channel } from '../channel.ts';

/** Two connected ends, neither of them started. */
export type ChannelPair = readonly [Channel, Channel];
export type MakePair = () => Promise<ChannelPair>;

export interface ChannelCase {
  readonly name: string;
  /** Rejects when the Channel is at fault. Waits for events alone, so a lost one shows as the runner's timeout. */
  readonly run: (makePair: MakePair) => Promise<void>;
}

/** A started end that writes down what happens to it. */
export interface Recorder {
  readonly messages: unknown[];
  closes(): number;
  /** Resolves once that many messages are there. */
  received(count: number): Promise<void>;
  closed(): Promise<void>;
}

export function record(channel: Channel, onMessage?: (message: unknown) => void): Recorder {
  const messages: unknown[] = [];
  let closes = 0;
  let waiting: { until: () => boolean; resolve: () => void }[] = [];
  function happened(): void {
    for (const { until, resolve } of waiting) if (until()) resolve();
    waiting = waiting.filter(({ until }) => !until());
  }
  function when(until: () => boolean): Promise<void> {
    if (until()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push({ until, resolve });
    return promise;
  }
  channel.start({
    onMessage: (message) => {
      messages.push(message);
      onMessage?.(message);
      happened();
    },
    onClose: () => {
      closes += 1;
      happened();
    },
  });
  return {
    messages,
    closes: () => closes,
    received: (count) => when(() => messages.length >= count),
    closed: () => when(() => closes > 0),
  };
}

/** Lets everything that is already under way arrive: several turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 1);
    await promise;
  }
}

/** Deep equality of JSON-representable values. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [canonical(actual), canonical(expected)];
  if (seen !== wanted) throw new Error(`${what}: expected ${wanted}, got ${seen}`);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, field: unknown) =>
      typeof field === 'object' && field !== null && !Array.isArray(field)
        ? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : field,
    ) ?? 'undefined'
  );
}
