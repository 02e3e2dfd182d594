/** That the rpc works over a Channel: calls, errors, cancellation, deltas, disconnection. */
import type { Calls, EngineApi } from '../engine-api.ts';
import type { Delta } from '../events.ts';
import { defaultSettings } from '../settings.ts';
import { SluiceError } from '../sluice-error.ts';
import { expectEqual, type ChannelCase, type MakePair } from './conformance-kit.ts';
import { connectEngine, type RemoteEngine } from './connect-engine.ts';
import { serveEngine } from './serve-engine.ts';

/** An engine whose every method fails with `unsupported`, except those given. */
function engineWith(calls: Partial<EngineApi>): EngineApi {
  const refuse = (): Promise<never> => Promise.reject(new SluiceError('unsupported'));
  const none: Calls = {
    add: refuse,
    pause: refuse,
    resume: refuse,
    cancel: refuse,
    remove: refuse,
    retry: refuse,
    changeRequest: refuse,
    resolveChanged: refuse,
    pauseAll: refuse,
    resumeAll: refuse,
    reorder: refuse,
    setLimits: refuse,
    setQueue: refuse,
    setPriority: refuse,
    saveQueue: refuse,
    removeQueue: refuse,
    adopt: refuse,
    exportList: refuse,
    details: refuse,
    readSettings: refuse,
    writeSettings: refuse,
    preview: refuse,
    folderInfo: refuse,
    snapshot: refuse,
  };
  return { ...none, subscribe: () => () => {}, ...calls };
}

async function connect(makePair: MakePair, calls: Partial<EngineApi>): Promise<[RemoteEngine, { close(): void }]> {
  const [hostEnd, uiEnd] = await makePair();
  const server = serveEngine(hostEnd, engineWith(calls));
  return [connectEngine(uiEnd), server];
}

async function errorOf(promise: Promise<unknown>): Promise<SluiceError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SluiceError) return error;
    throw error;
  }
  throw new Error('expected a SluiceError, got an answer');
}

export const rpcCases: readonly ChannelCase[] = [
  {
    name: 'rpc: a call is answered with its own result',
    async run(makePair) {
      const [remote] = await connect(makePair, {
        folderInfo: ({ folder }) => Promise.resolve({ folder, freeBytes: folder.length, writable: true }),
      });
      const folders = Array.from({ length: 50 }, (_, index) => 'x'.repeat(index));
      const answers = await Promise.all(folders.map((folder) => remote.folderInfo({ folder })));
      expectEqual(
        answers.map(({ freeBytes }) => freeBytes),
        folders.map(({ length }) => length),
        'answers by call',
      );
      remote.close();
    },
  },
  {
    name: 'rpc: an error keeps its code, detail and facts',
    async run(makePair) {
      const [remote] = await connect(makePair, {
        readSettings: () => Promise.reject(new SluiceError('disk-full', 'no room', { facts: { missingBytes: 7 } })),
      });
      const error = await errorOf(remote.readSettings({}));
      expectEqual(
        { code: error.code, message: error.message, facts: error.facts },
        { code: 'disk-full', message: 'no room', facts: { missingBytes: 7 } },
        'error',
      );
      remote.close();
    },
  },
  {
    name: 'rpc: aborting a call aborts it at the host',
    async run(makePair) {
      const started = Promise.withResolvers<void>();
      const aborted = Promise.withResolvers<void>();
      const [remote] = await connect(makePair, {
        readSettings: (_params, signal) => {
          signal?.addEventListener('abort', () => aborted.resolve(), { once: true });
          started.resolve();
          return new Promise(() => {});
        },
      });
      const controller = new AbortController();
      const error = errorOf(remote.readSettings({}, controller.signal));
      await started.promise;
      controller.abort();
      expectEqual((await error).code, 'aborted', 'code at the caller');
      await aborted.promise;
      remote.close();
    },
  },
  {
    name: 'rpc: deltas arrive in order, and stop when unsubscribed',
    async run(makePair) {
      const listeners = new Set<(delta: Delta) => void>();
      const stopped = Promise.withResolvers<void>();
      const subscribed = Promise.withResolvers<(delta: Delta) => void>();
      const [remote] = await connect(makePair, {
        subscribe: (listener) => {
          listeners.add(listener);
          subscribed.resolve(listener);
          return () => {
            listeners.delete(listener);
            stopped.resolve();
          };
        },
      });
      const sequences: number[] = [];
      const thirty = Promise.withResolvers<void>();
      const unsubscribe = remote.subscribe(({ sequence }) => {
        sequences.push(sequence);
        if (sequence === 30) thirty.resolve();
      });
      const emit = await subscribed.promise;
      for (let sequence = 1; sequence <= 30; sequence += 1) emit({ sequence, settings: defaultSettings });
      await thirty.promise;
      unsubscribe();
      await stopped.promise;
      expectEqual(
        sequences,
        Array.from({ length: 30 }, (_, index) => index + 1),
        'sequence numbers',
      );
      expectEqual(listeners.size, 0, 'listeners left at the host');
      remote.close();
    },
  },
  {
    name: 'rpc: calls under way reject with disconnected when the host goes away',
    async run(makePair) {
      const started = Promise.withResolvers<void>();
      const [remote, server] = await connect(makePair, {
        readSettings: () => {
          started.resolve();
          return new Promise(() => {});
        },
      });
      const pending = errorOf(remote.readSettings({}));
      await started.promise;
      server.close();
      expectEqual((await pending).code, 'disconnected', 'code of the pending call');
      await remote.closed;
      expectEqual((await errorOf(remote.readSettings({}))).code, 'disconnected', 'code of a later call');
    },
  },
  {
    name: 'rpc: a UI that goes away ends its subscription',
    async run(makePair) {
      const subscribed = Promise.withResolvers<void>();
      const stopped = Promise.withResolvers<void>();
      const [remote] = await connect(makePair, {
        subscribe: () => {
          subscribed.resolve();
          return () => stopped.resolve();
        },
      });
      remote.subscribe(() => {});
      await subscribed.promise;
      remote.close();
      await stopped.promise;
    },
  },
];
