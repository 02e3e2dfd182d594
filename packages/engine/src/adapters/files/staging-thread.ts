/** The thread of small files as the main thread sees it: orders gather while one lot is under way, and go together. */
import { Worker } from 'node:worker_threads';
import { SluiceError } from '@sluice/contract';
import {
  type StageOrder,
  stagingProgram,
  type NameOrder,
  type Order,
  type ProgramData,
  type Report,
} from './staging-program.ts';

export type Unnumbered<T extends Order> = Omit<T, 'number'>;

/** A thread is ended after this long without work; the next batch of files starts another. */
const restMs = 10_000;

interface Waiting {
  readonly resolve: (report: Report) => void;
  readonly reject: (error: unknown) => void;
}

export class StagingThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #gathered: Order[] = [];
  #isBusy = false;
  #isPosting = false;
  #count = 0;
  #state: 'starting' | 'running' | 'retired' | 'broken' = 'starting';
  #resting: NodeJS.Timeout | undefined;

  constructor(workerData: ProgramData) {
    // Its own flags would be this process's: a profile or an inspector is not meant for it.
    this.#worker = new Worker(`(${stagingProgram.toString()})()`, {
      eval: true,
      workerData,
      execArgv: [],
      name: 'small files',
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.unref();
    this.#worker.once('online', () => {
      if (this.#state === 'starting') this.#state = 'running';
    });
    this.#worker.on('message', (reports: readonly Report[]) => this.#take(reports));
    this.#worker.once('error', (error) => this.#end(error));
    this.#worker.once('exit', () => this.#end(null));
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** It ended for want of work, and not because it cannot do any. */
  get isRetired(): boolean {
    return this.#state === 'retired';
  }

  /** @throws `file-busy` when the thread ends before it has reported */
  order(order: Unnumbered<StageOrder> | Unnumbered<NameOrder>): Promise<Report> {
    if (this.#state === 'retired' || this.#state === 'broken') return Promise.reject(ended(null));
    clearTimeout(this.#resting);
    const number = this.#count;
    this.#count += 1;
    this.#gathered.push({ ...order, number });
    const { promise, resolve, reject } = Promise.withResolvers<Report>();
    this.#waiting.set(number, { resolve, reject });
    this.#postSoon();
    return promise;
  }

  /** After everything else that this turn brings: most orders then find company. */
  #postSoon(): void {
    if (this.#isBusy || this.#isPosting || this.#gathered.length === 0) return;
    this.#isPosting = true;
    setImmediate(() => {
      this.#isPosting = false;
      if (this.#state === 'broken') return;
      this.#isBusy = true;
      this.#worker.ref();
      this.#worker.postMessage(this.#gathered, buffersOf(this.#gathered));
      this.#gathered = [];
    });
  }

  #take(reports: readonly Report[]): void {
    this.#isBusy = false;
    this.#worker.unref();
    for (const report of reports) {
      const waiting = this.#waiting.get(report.number);
      this.#waiting.delete(report.number);
      waiting?.resolve(report);
    }
    this.#postSoon();
    if (this.#waiting.size === 0) this.#resting = setTimeout(() => this.#retire(), restMs).unref();
  }

  #retire(): void {
    if (this.#state !== 'running' || this.#waiting.size > 0) return;
    this.#state = 'retired';
    void this.#worker.terminate();
  }

  #end(cause: unknown): void {
    if (this.#state === 'retired' || this.#state === 'broken') return;
    this.#state = 'broken';
    for (const { reject } of this.#waiting.values()) reject(ended(cause));
    this.#waiting.clear();
  }
}

/** They go over without being copied. */
function buffersOf(orders: readonly Order[]): ArrayBuffer[] {
  return orders.flatMap((order) => (order.kind === 'stage' ? order.bytes.buffer : []));
}

function ended(cause: unknown): SluiceError {
  return new SluiceError('file-busy', 'the thread of small files has ended', { cause });
}
