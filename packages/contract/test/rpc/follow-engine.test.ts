/** That a follower ends up with what the host holds, whatever is lost or late on the way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultSettings,
  mainQueueView,
  followEngine,
  SluiceError,
  type Delta,
  type Snapshot,
} from '../../src/index.ts';

/**
 * A host whose state is its sequence number, with every message under way held until the test lets it arrive.
 * Deltas arrive in order or are lost; snapshots are taken when asked for and answered whenever.
 */
class SlowHost {
  sequence = 0;
  readonly deltas: Delta[] = [];
  readonly snapshots: { answer: () => void; refuse: (error: unknown) => void }[] = [];
  subscriptions = 0;
  #listener: ((delta: Delta) => void) | undefined;

  readonly api = {
    subscribe: (listener: (delta: Delta) => void) => {
      this.subscriptions += 1;
      this.#listener = listener;
      return () => {
        this.subscriptions -= 1;
        this.#listener = undefined;
      };
    },
    snapshot: (_params: object, signal?: AbortSignal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Snapshot>();
      const snapshot = snapshotAt(this.sequence);
      this.snapshots.push({ answer: () => resolve(snapshot), refuse: reject });
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      return promise;
    },
  };

  change(): void {
    this.sequence += 1;
    this.deltas.push({ sequence: this.sequence });
  }

  deliverDelta(): void {
    const delta = this.deltas.shift();
    if (delta !== undefined) this.#listener?.(delta);
  }
}

function snapshotAt(sequence: number): Snapshot {
  return { sequence, downloads: [], settings: defaultSettings, queues: [mainQueueView] };
}

/** A replica that checks the follower's promises: no delta before a snapshot, no gap, nothing twice. */
class StrictReplica {
  sequence: number | undefined;
  readonly errors: unknown[] = [];
  /** Kept rather than thrown: a follower answers for what its handlers throw. */
  readonly violations: string[] = [];
  readonly log: string[] = [];

  onSnapshot = (snapshot: Snapshot): void => {
    this.sequence = snapshot.sequence;
    this.log.push(`snapshot ${snapshot.sequence}`);
  };

  onDelta = (delta: Delta): void => {
    if (delta.sequence !== (this.sequence ?? Number.NaN) + 1) {
      this.violations.push(`delta ${delta.sequence} after ${this.sequence ?? 'nothing'}`);
    }
    this.sequence = delta.sequence;
    this.log.push(`delta ${delta.sequence}`);
  };

  onError = (error: unknown): void => {
    this.errors.push(error);
  };
}

/** Lets promise reactions run; a snapshot's answer takes several. */
async function turn(): Promise<void> {
  for (let index = 0; index < 5; index += 1) await Promise.resolve();
}

const step = fc.constantFrom('change', 'deliver', 'lose', 'repeat', 'answer', 'refuse');

async function play(host: SlowHost, event: string): Promise<void> {
  switch (event) {
    case 'change':
      host.change();
      break;
    case 'deliver':
      host.deliverDelta();
      break;
    case 'lose':
      host.deltas.shift();
      break;
    case 'repeat':
      if (host.deltas[0] !== undefined) host.deltas.unshift(host.deltas[0]);
      break;
    case 'answer':
      host.snapshots.shift()?.answer();
      break;
    default:
      host.snapshots.shift()?.refuse(new SluiceError('timeout'));
  }
  await turn();
}

/** Everything under way arrives, nothing is lost any more. */
async function drain(host: SlowHost): Promise<void> {
  for (let index = 0; index < 200 && host.deltas.length + host.snapshots.length > 0; index += 1) {
    host.deliverDelta();
    host.snapshots.shift()?.answer();
    await turn();
  }
}

describe('followEngine', () => {
  test('is right after any interleaving of changes, losses, repeats and failures', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (events) => {
        const host = new SlowHost();
        const replica = new StrictReplica();
        const stop = followEngine(host.api, replica);
        for (const event of events) await play(host, event);
        await drain(host);
        // The last delta may have been lost; the next change uncovers that.
        host.change();
        await drain(host);
        expect(replica.violations).toEqual([]);
        expect(replica.sequence).toBe(host.sequence);
        stop();
        expect(host.subscriptions).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('asks for a single snapshot when nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('change', 'deliver', 'answer'), { maxLength: 60 }), async (events) => {
        const host = new SlowHost();
        const replica = new StrictReplica();
        followEngine(host.api, replica);
        for (const event of events) await play(host, event);
        await drain(host);
        expect(replica.log.filter((line) => line.startsWith('snapshot'))).toHaveLength(1);
        expect(replica.violations).toEqual([]);
        expect(replica.sequence).toBe(host.sequence);
      }),
      { numRuns: 300 },
    );
  });

  test('subscribes before it asks, and applies only what the snapshot lacks', async () => {
    const host = new SlowHost();
    const replica = new StrictReplica();
    host.change();
    followEngine(host.api, replica);
    host.change();
    host.change();
    host.deliverDelta();
    host.deliverDelta();
    host.deliverDelta();
    host.snapshots.shift()?.answer();
    await turn();
    expect(replica.log).toEqual(['snapshot 1', 'delta 2', 'delta 3']);
  });

  test('closes a gap with a snapshot while later deltas wait', async () => {
    const host = new SlowHost();
    const replica = new StrictReplica();
    followEngine(host.api, replica);
    host.snapshots.shift()?.answer();
    await turn();
    for (const event of ['change', 'lose', 'change', 'deliver', 'change', 'deliver', 'answer']) await play(host, event);
    expect(replica.log).toEqual(['snapshot 0', 'snapshot 2', 'delta 3']);
  });

  test('tells of a failed snapshot and tries again with the next delta', async () => {
    const host = new SlowHost();
    const replica = new StrictReplica();
    followEngine(host.api, replica);
    await play(host, 'refuse');
    expect(replica.errors).toEqual([new SluiceError('timeout')]);
    expect(host.snapshots).toHaveLength(0);
    for (const event of ['change', 'deliver', 'answer']) await play(host, event);
    expect(replica.log).toEqual(['snapshot 1']);
  });

  test('gives up on a host whose snapshots stay behind its deltas, instead of asking for ever', async () => {
    const replica = new StrictReplica();
    let asked = 0;
    let emit: (delta: Delta) => void = () => {};
    followEngine(
      {
        subscribe: (listener) => {
          emit = listener;
          return () => {};
        },
        snapshot: () => {
          asked += 1;
          return Promise.resolve(snapshotAt(0));
        },
      },
      replica,
    );
    await turn();
    emit({ sequence: 5 });
    for (let index = 0; index < 20; index += 1) await turn();
    expect(replica.errors).toMatchObject([{ code: 'internal' }]);
    expect(asked).toBeLessThan(10);
  });

  test('calls nothing once stopped, even for what was under way', async () => {
    const host = new SlowHost();
    const replica = new StrictReplica();
    const stop = followEngine(host.api, replica);
    stop();
    await play(host, 'answer');
    expect(replica.log).toEqual([]);
    expect(replica.errors).toEqual([]);
  });
});
