/** An engine for tests: keeps what it was asked, answers what it is told to, and emits deltas on demand. */
import {
  defaultSettings,
  mainQueueView,
  methods,
  SluiceError,
  type Calls,
  type Delta,
  type DownloadView,
  type EngineApi,
  type MethodName,
  type ParamsIn,
  type Result,
  type Settings,
} from '@sluice/contract';

export interface ScriptedEngine extends EngineApi {
  readonly calls: readonly { readonly method: MethodName; readonly params: unknown }[];
  /** The params of every call of one method. */
  callsOf<M extends MethodName>(method: M): ParamsIn<M>[];
  /** Answers a method from now on; an error rejects. */
  answer<M extends MethodName>(method: M, answer: (params: ParamsIn<M>) => Result<M> | Promise<Result<M>>): void;
  emit(delta: Omit<Delta, 'sequence'>): void;
  /** A sequence number that nobody gets to see. */
  skip(): void;
  list: DownloadView[];
}

type Answers = { [M in MethodName]: (params: ParamsIn<M>) => Result<M> | Promise<Result<M>> };

export function scriptedEngine(list: DownloadView[] = [], settings: Partial<Settings> = {}): ScriptedEngine {
  const calls: { method: MethodName; params: unknown }[] = [];
  const listeners = new Set<(delta: Delta) => void>();
  let sequence = 0;
  const nothing = () => ({});
  const allSettings: Settings = { ...defaultSettings, ...settings };
  const answers: Answers = {
    add: ({ downloads }) => ({ results: downloads.map((_, index) => ({ kind: 'added', id: `new${String(index)}` })) }),
    pause: nothing,
    resume: nothing,
    cancel: nothing,
    remove: nothing,
    retry: nothing,
    pauseAll: nothing,
    resumeAll: nothing,
    reorder: nothing,
    changeRequest: nothing,
    resolveChanged: () => ({ added: [] }),
    setLimits: nothing,
    setQueue: nothing,
    setPriority: nothing,
    saveQueue: (change) => ({ ...mainQueueView, id: change.id ?? 'q1', name: change.name ?? 'Main' }),
    removeQueue: nothing,
    adopt: () => ({ results: [] }),
    preview: () => Promise.reject(new SluiceError('unsupported')),
    exportList: () => Promise.resolve({ downloads: [] }),
    details: () => Promise.reject(new SluiceError('download-unknown')),
    readSettings: () => allSettings,
    writeSettings: () => allSettings,
    folderInfo: ({ folder }) => ({ folder: folder || '/downloads', freeBytes: 5_000_000_000, writable: true }),
    snapshot: () => ({ sequence, downloads: engine.list, settings: allSettings, queues: [mainQueueView] }),
  };

  const called = Object.fromEntries(
    Object.keys(methods).map((key) => {
      const method = key as MethodName;
      return [
        method,
        async (params: never) => {
          calls.push({ method, params });
          return answers[method](params);
        },
      ];
    }),
  ) as Calls;

  const engine: ScriptedEngine = {
    ...called,
    calls,
    list,
    callsOf: (method) =>
      // Filtered by the method whose params they are.
      calls.filter((call) => call.method === method).map((call) => call.params as ParamsIn<typeof method>),
    answer: (method, answer) => {
      Object.assign(answers, { [method]: answer });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (delta) => {
      sequence += 1;
      for (const listener of listeners) listener({ sequence, ...delta });
    },
    skip: () => {
      sequence += 1;
    },
  };
  return engine;
}
