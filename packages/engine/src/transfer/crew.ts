/** Runs the connections of one run: earns them, replaces them, and stops when every segment is on disk. */
import { classify, SluiceError } from '../errors.ts';
import { initialRamp, rampLesson, type RampState, rampStep, withCeiling } from '../plan/ramp.ts';
import type { Resource } from '../plan/resource.ts';
import { type ConnectionEnd, type FirstBody, runConnection } from './connection.ts';
import type { RequestBase } from './open-response.ts';
import type { RunLimits, RunPorts, RunReports } from './run-context.ts';
import type { Segment, SegmentBoard } from './segment-board.ts';
import type { WorkingFile } from './working-file.ts';

/** As often as the ramp is at its best; see `rampStep`. */
const tickMs = 25;
/** A server that turned a further connection away is left alone for this long before the next is tried. */
const refusedPauseMs = 1000;
/** At the end of a file, a connection this silent is raced by another: it may be paced, or wait for a lost packet. */
const hedgeSilenceMs = 150;
/** Why a connection ends that works and does not pay: no failure of anything, whoever ends last. */
const dismissal = new SluiceError('aborted', 'one connection more than pays');
/** A connection this many times slower than the fastest is its own fault, not the server's measure. */
const crawlFactor = 8;
/** So often a run blames a single connection before it believes that more do not pay. */
const mostSecondChances = 2;
/** Pause before a lone connection that had delivered bytes is replaced. */
const replaceDelayMs = 50;

export interface CrewTask {
  readonly ports: RunPorts;
  readonly request: RequestBase;
  /** The one that the first response came from: no other link's bytes are taken without a proof of their own. */
  readonly link: string;
  readonly limits: RunLimits;
  readonly reports: RunReports;
  readonly working: WorkingFile;
  readonly resource: Resource;
  readonly board: SegmentBoard;
  /** The response that opened the run: its body goes to the segment that starts at `start`. */
  readonly first: FirstBody;
}

/**
 * Resolves when the board is empty and everything is written.
 * @throws SluiceError what stopped the last connection, with everything that arrived written; `signal.reason` when aborted
 */
export async function runCrew(task: CrewTask, signal: AbortSignal): Promise<void> {
  const crew = new Crew(task);
  const onAbort = () => crew.stop(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) crew.stop(signal.reason);
    await crew.run();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

class Crew {
  readonly #task: CrewTask;
  readonly #controller = new AbortController();
  readonly #active = new Map<Segment, Promise<void>>();
  /** Ends one connection alone. */
  readonly #replacing = new Map<Segment, AbortController>();
  /** Told to go because they did not pay; their rest is for others. */
  readonly #dismissed = new Set<Segment>();
  /** What each connection has brought in a millisecond, on average. */
  readonly #paces = new Map<Segment, () => number>();
  #secondChances = mostSecondChances;
  /** By segment, the silent one whose bytes it asks for again: that one is given up when the first of them comes. */
  readonly #raced = new Map<Segment, Segment>();
  /** Those of the active whose body has begun. */
  readonly #delivering = new Set<Segment>();
  #ramp: RampState;
  #received = 0;
  #refusedSinceLast = 0;
  /** A reader had to wait for the disk or for a speed limit since the last look. */
  #heldBack = false;
  /** Readers that wait for either right now: a limit may hold them for many looks. */
  #waiting = 0;
  #quietUntilMs = 0;
  #wanted = 1;
  /** Where further requests go: where the first one ended up, or the link itself once that has expired. */
  #url: string;
  /** Further connections make sense only where ranges work and a validator ties the pieces together. */
  #mayGrow: boolean;
  readonly #outcome: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #stopped: { readonly reason: unknown } | null = null;

  constructor(task: CrewTask) {
    this.#task = task;
    this.#url = task.resource.finalUrl;
    const ceiling = task.limits.maxConnections();
    const learned = task.limits.host.lesson()?.level;
    this.#ramp = initialRamp(learned === undefined ? { ceiling } : { ceiling, learned });
    this.#mayGrow = mayUseSeveral(task.resource) && !task.request.session.tags.vary;
  }

  async run(): Promise<void> {
    const { board, first, ports } = this.#task;
    const segment = board.at(first.start);
    if (segment === null) throw new SluiceError('internal', 'the first response has no segment');
    this.#start(segment, first);
    const stopTicking = ports.clock.every(tickMs, () => this.#tick());
    try {
      await this.#outcome.promise;
    } finally {
      stopTicking();
      this.#controller.abort(this.#stopped?.reason ?? new SluiceError('aborted'));
      await Promise.all(this.#active.values());
      this.#task.reports.connections(0);
    }
  }

  /** Ends all connections; `run` rejects with this reason once they have written what they had. */
  stop(reason: unknown): void {
    if (this.#stopped !== null) return;
    this.#stopped = { reason };
    this.#controller.abort(reason);
    this.#outcome.reject(reason);
  }

  #start(segment: Segment, first: FirstBody | null): void {
    const { ports, request, limits, reports, working, board } = this.#task;
    let delivered = 0;
    const startedAtMs = ports.clock.monotonicMs();
    this.#paces.set(segment, () => delivered / Math.max(1, ports.clock.monotonicMs() - startedAtMs));
    const replacing = new AbortController();
    this.#replacing.set(segment, replacing);
    const connection = runConnection(
      {
        ports,
        request,
        limits,
        working,
        board,
        segment,
        first,
        url: this.#url,
        resource: this.#task.resource,
        onHeldBack: (until) => {
          this.#heldBack = true;
          this.#waiting += 1;
          const goOn = (): void => {
            this.#waiting -= 1;
          };
          until.then(goOn, goOn);
        },
        onArrived: (sizeBytes) => {
          if (delivered === 0) this.#giveUpRaced(segment);
          delivered += sizeBytes;
          this.#delivering.add(segment);
          this.#received += sizeBytes;
          reports.arrived(sizeBytes);
        },
      },
      AbortSignal.any([this.#controller.signal, replacing.signal]),
    );
    const settled = connection.then(
      (end) => this.#onEnd(segment, { end, delivered }),
      (error: unknown) => {
        this.stop(error);
        this.#onEnd(segment, { end: { kind: 'failed', error }, delivered });
      },
    );
    this.#active.set(segment, settled);
    reports.connections(this.#active.size);
  }

  #onEnd(segment: Segment, result: { readonly end: ConnectionEnd; readonly delivered: number }): void {
    const { end } = result;
    this.#active.delete(segment);
    this.#delivering.delete(segment);
    this.#replacing.delete(segment);
    this.#paces.delete(segment);
    this.#raced.delete(segment);
    if (this.#active.size > 0) this.#task.limits.host.release();
    this.#task.reports.connections(this.#active.size);
    this.#task.board.release(segment, end.kind === 'ended');
    if (this.#stopped !== null) return;
    this.#dismissed.delete(segment);
    const error = end.kind === 'failed' && end.error !== dismissal ? end.error : null;
    // One that was raced and lost has nothing left that anybody waits for.
    const isMissed = segment.position < segment.end;
    if (error !== null && (isMissed || !isTransient(error))) this.#onFailure(error, result.delivered);
    else if (this.#task.board.isDone) this.#outcome.resolve();
    else this.#grow(Math.max(1, this.#wanted));
  }

  #onFailure(error: unknown, delivered: number): void {
    if (!(error instanceof SluiceError) || isFatal(error)) return this.stop(error);
    const { clock, log } = this.#task.ports;
    log.debug('a connection failed', { code: error.code, active: this.#active.size, delivered });
    if (error.code === 'range-ignored') this.#mayGrow = false;
    if (this.#active.size > 0) {
      if (delivered === 0) {
        this.#refusedSinceLast += 1;
        this.#quietUntilMs = clock.monotonicMs() + refusedPauseMs;
      }
      return;
    }
    if (this.#task.resource.ranges === 'refused') return this.stop(error);
    const hasExpired = error.code.startsWith('http-') && this.#url !== this.#task.link;
    if (hasExpired) this.#url = this.#task.link;
    else if (delivered === 0 || !isReplaceable(error)) return this.stop(error);
    clock.sleep(replaceDelayMs, this.#controller.signal).then(
      () => this.#grow(1),
      () => {},
    );
  }

  #tick(): void {
    const { limits, ports, board } = this.#task;
    const atMs = ports.clock.monotonicMs();
    board.measure(atMs);
    const step = rampStep(withCeiling(this.#ramp, limits.maxConnections()), {
      atMs,
      receivedBytes: this.#received,
      openConnections: this.#delivering.size,
      refusedSinceLast: this.#refusedSinceLast,
      heldBack: this.#heldBack || this.#waiting > 0,
    });
    this.#ramp = step.state;
    this.#refusedSinceLast = 0;
    this.#heldBack = false;
    this.#wanted = step.wanted;
    const lesson = rampLesson(step.state);
    if (lesson !== null && this.#mayGrow) limits.host.learn(lesson);
    if (this.#waiting === 0) this.#replaceStalled(atMs);
    this.#dismissBeyond(this.#wanted);
    if (this.#active.size > 0 && atMs >= this.#quietUntilMs) {
      this.#grow(this.#wanted);
      if (this.#waiting === 0) this.#hedge(atMs);
    }
  }

  /** More connections work than pay: the slowest go, and with them whatever made them slow. */
  #dismissBeyond(wanted: number): void {
    const surplus = this.#active.size - this.#dismissed.size - wanted;
    if (surplus <= 0 || !this.#mayGrow) return;
    const paces = [...this.#active.keys()]
      .filter((segment) => !this.#dismissed.has(segment))
      .map((segment) => ({ segment, bytesPerMs: this.#paces.get(segment)?.() ?? 0 }))
      .sort((left, right) => left.bytesPerMs - right.bytesPerMs);
    for (const { segment } of paces.slice(0, surplus)) {
      this.#dismissed.add(segment);
      this.#replacing.get(segment)?.abort(dismissal);
    }
    const [slowest, fastest] = [paces[0]?.bytesPerMs ?? 0, paces.at(-1)?.bytesPerMs ?? 0];
    if (slowest * crawlFactor < fastest && this.#secondChances > 0) {
      // It was this one connection that brought nothing: a fresh one shows what the server gives.
      this.#secondChances -= 1;
      this.#ramp = initialRamp({ ceiling: this.#task.limits.maxConnections(), learned: wanted });
    }
  }

  /** Nothing is left to split: connections that are earned and idle ask again for what silent ones hold up. */
  #hedge(atMs: number): void {
    const { board, limits } = this.#task;
    if (!this.#mayGrow) return;
    for (const silent of board.stalled(atMs, hedgeSilenceMs)) {
      if (this.#stopped !== null || this.#active.size >= this.#wanted) return;
      // One that has not begun to deliver is being waited for already.
      if (!this.#delivering.has(silent) || !limits.host.tryTake()) continue;
      const rest = board.takeOver(silent);
      if (rest === null) {
        limits.host.release();
        continue;
      }
      this.#raced.set(rest, silent);
      this.#start(rest, null);
    }
  }

  #giveUpRaced(segment: Segment): void {
    const silent = this.#raced.get(segment);
    if (silent === undefined) return;
    this.#replacing.get(silent)?.abort(new SluiceError('stalled', 'another connection was sooner'));
  }

  /** A silent connection beside working ones is the connection's fault: its rest goes to another. */
  #replaceStalled(atMs: number): void {
    if (this.#active.size < 2) return;
    const { stallTimeoutMs } = this.#task.request.timeouts;
    const stalled = this.#task.board.stalled(atMs, stallTimeoutMs);
    // When all are silent the way is down, and new connections would be no better.
    if (stalled.length === this.#active.size) return;
    for (const segment of stalled) {
      this.#replacing.get(segment)?.abort(new SluiceError('stalled', 'silent beside connections that work'));
    }
  }

  #grow(wanted: number): void {
    const { board, limits } = this.#task;
    const ceiling = this.#mayGrow ? wanted : 1;
    while (this.#stopped === null && this.#active.size < ceiling) {
      // The run itself holds its host's first connection; only those beyond it are asked for.
      const isExtra = this.#active.size > 0;
      if (isExtra && !limits.host.tryTake()) return;
      const segment = board.next();
      if (segment === null) {
        if (isExtra) limits.host.release();
        return;
      }
      this.#start(segment, null);
    }
  }
}

/** Without any validator nothing would show that two responses came from two versions: then one stream is all. */
function mayUseSeveral(resource: Resource): boolean {
  if (resource.totalBytes === null || resource.ranges === 'refused' || resource.contentEncoding !== null) return false;
  return resource.etag !== null || resource.lastModified !== null;
}

/** Errors that no other connection of this run could get around. */
function isFatal(error: SluiceError): boolean {
  if (error.code === 'resource-changed') return true;
  return classify(error) !== 'transient' && !error.code.startsWith('http-');
}

function isTransient(error: unknown): boolean {
  return error instanceof SluiceError && !isFatal(error);
}

/** Failures of the way, not of the answer: the next try may start at once because bytes had come through. */
function isReplaceable(error: SluiceError): boolean {
  return ['connection-reset', 'stalled', 'body-short', 'tls-failed', 'connect-timeout'].includes(error.code);
}
