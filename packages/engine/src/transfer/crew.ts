/** Runs the connections of one run: earns them, replaces them, and stops when every segment is on disk. */
import { SluiceError } from '../errors.ts';
import { isFatal, judgeFailure } from '../plan/connection-failure.ts';
import { chooseDismissals } from '../plan/dismissals.ts';
import { initialRamp, rampLesson, type RampState, rampStep, withCeiling } from '../plan/ramp.ts';
import { mayUseSeveral, type Resource } from '../plan/resource.ts';
import { type ConnectionEnd, type FirstBody, runConnection } from './connection.ts';
import { CrewMember, failureOf } from './crew-member.ts';
import { HeldReaders } from './held-readers.ts';
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
/** So often a run blames a single connection before it believes that more do not pay. */
const mostSecondChances = 2;
/** Pause before a lone connection that had delivered bytes is replaced. */
const replaceDelayMs = 50;

export interface CrewTask {
  readonly ports: Pick<RunPorts, 'http' | 'clock' | 'pool' | 'log'>;
  readonly request: RequestBase;
  /** The one that the first response came from: no other link's bytes are taken without a proof of their own. */
  readonly link: string;
  readonly limits: RunLimits;
  readonly reports: RunReports;
  readonly working: Pick<WorkingFile, 'partial' | 'ledger'>;
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
  readonly #members = new Map<Segment, CrewMember>();
  readonly #ends = new Set<Promise<void>>();
  readonly #held = new HeldReaders();
  #secondChances = mostSecondChances;
  #ramp: RampState;
  #receivedBytes = 0;
  #refusedSinceLast = 0;
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
    this.#start(segment, { first });
    const stopTicking = ports.clock.every(tickMs, () => this.#tick());
    try {
      await this.#outcome.promise;
    } finally {
      stopTicking();
      this.#controller.abort(this.#stopped?.reason ?? new SluiceError('aborted'));
      await Promise.all(this.#ends);
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

  #start(segment: Segment, how: { readonly first?: FirstBody; readonly races?: CrewMember } = {}): void {
    const { ports, request, limits, reports, working, board, resource } = this.#task;
    const member = new CrewMember(ports.clock, { segment, races: how.races ?? null });
    const connection = runConnection(
      {
        ports,
        request,
        limits,
        working,
        board,
        segment,
        first: how.first ?? null,
        url: this.#url,
        resource,
        onHeldBack: (until) => this.#held.note(until),
        onArrived: (sizeBytes) => {
          member.arrived(sizeBytes);
          this.#receivedBytes += sizeBytes;
          reports.arrived(sizeBytes);
        },
      },
      AbortSignal.any([this.#controller.signal, member.leaving]),
    );
    const ended = connection
      .then(
        (end) => this.#onEnd(member, end),
        (error: unknown) => {
          this.stop(error);
          this.#onEnd(member, { kind: 'failed', error });
        },
      )
      .finally(() => this.#ends.delete(ended));
    this.#ends.add(ended);
    this.#members.set(segment, member);
    reports.connections(this.#members.size);
  }

  #onEnd(member: CrewMember, end: ConnectionEnd): void {
    const { board, limits, reports } = this.#task;
    const { segment } = member;
    this.#members.delete(segment);
    if (this.#members.size > 0) limits.host.release();
    reports.connections(this.#members.size);
    board.release(segment, end.kind === 'ended');
    if (this.#stopped !== null) return;
    const failure = failureOf(end);
    // One that was raced and lost has nothing left that anybody waits for.
    const isMissed = segment.position < segment.end;
    if (failure !== null && (isMissed || isFatal(failure.error))) this.#onFailure(failure.error, member);
    else if (board.isDone) this.#outcome.resolve();
    else this.#grow(Math.max(1, this.#wanted));
  }

  #onFailure(error: unknown, { deliveredBytes }: CrewMember): void {
    const { link, ports, resource } = this.#task;
    const othersOpen = this.#members.size;
    const verdict = judgeFailure(error, {
      resource,
      othersOpen,
      deliveredBytes,
      wasRedirected: this.#url !== link,
    });
    const code = error instanceof SluiceError ? error.code : 'internal';
    ports.log.debug('a connection failed', { code, active: othersOpen, delivered: deliveredBytes, verdict });
    if (code === 'range-ignored') this.#mayGrow = false;
    switch (verdict) {
      case 'stop':
        return this.stop(error);
      case 'carry-on':
        return;
      case 'turned-away':
        this.#refusedSinceLast += 1;
        this.#quietUntilMs = ports.clock.monotonicMs() + refusedPauseMs;
        return;
      case 'ask-link':
        this.#url = link;
        return this.#replaceSoon();
      case 'replace':
        return this.#replaceSoon();
      default:
        return verdict satisfies never;
    }
  }

  #replaceSoon(): void {
    this.#task.ports.clock.sleep(replaceDelayMs, this.#controller.signal).then(
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
      receivedBytes: this.#receivedBytes,
      openConnections: [...this.#members.values()].filter((member) => member.deliveredBytes > 0).length,
      refusedSinceLast: this.#refusedSinceLast,
      heldBack: this.#held.takeLook(),
    });
    this.#ramp = step.state;
    this.#refusedSinceLast = 0;
    this.#wanted = step.wanted;
    const lesson = rampLesson(step.state);
    if (lesson !== null && this.#mayGrow) limits.host.learn(lesson);
    if (!this.#held.anyNow) this.#replaceStalled(atMs);
    this.#dismissBeyond(this.#wanted);
    if (this.#members.size > 0 && atMs >= this.#quietUntilMs) {
      this.#grow(this.#wanted);
      if (!this.#held.anyNow) this.#hedge(atMs);
    }
  }

  /** More connections work than pay. */
  #dismissBeyond(wanted: number): void {
    if (!this.#mayGrow) return;
    const staying = [...this.#members.values()].filter((member) => !member.isDismissed);
    const { indices, hasCrawler } = chooseDismissals(
      staying.map(({ bytesPerMs }) => bytesPerMs),
      staying.length - wanted,
    );
    for (const index of indices) staying[index]?.dismiss();
    if (hasCrawler && this.#secondChances > 0) {
      // It was this one connection that brought nothing: a fresh one shows what the server gives.
      this.#secondChances -= 1;
      this.#ramp = initialRamp({ ceiling: this.#task.limits.maxConnections(), learned: wanted });
    }
  }

  /** Nothing is left to split: connections that are earned and idle ask again for what silent ones hold up. */
  #hedge(atMs: number): void {
    const { board, limits } = this.#task;
    if (!this.#mayGrow) return;
    for (const segment of board.stalled(atMs, hedgeSilenceMs)) {
      if (this.#stopped !== null || this.#members.size >= this.#wanted) return;
      const silent = this.#members.get(segment);
      // One that has not begun to deliver is being waited for already.
      if (silent === undefined || silent.deliveredBytes === 0 || !limits.host.tryTake()) continue;
      const rest = board.takeOver(segment);
      if (rest === null) limits.host.release();
      else this.#start(rest, { races: silent });
    }
  }

  /** A silent connection beside working ones is the connection's fault: its rest goes to another. */
  #replaceStalled(atMs: number): void {
    if (this.#members.size < 2) return;
    const { stallTimeoutMs } = this.#task.request.timeouts;
    const stalled = this.#task.board.stalled(atMs, stallTimeoutMs);
    // When all are silent the way is down, and new connections would be no better.
    if (stalled.length === this.#members.size) return;
    for (const segment of stalled) {
      this.#members.get(segment)?.end(new SluiceError('stalled', 'silent beside connections that work'));
    }
  }

  #grow(wanted: number): void {
    const { board, limits } = this.#task;
    const ceiling = this.#mayGrow ? wanted : 1;
    while (this.#stopped === null && this.#members.size < ceiling) {
      // The run itself holds its host's first connection; only those beyond it are asked for.
      const isExtra = this.#members.size > 0;
      if (isExtra && !limits.host.tryTake()) return;
      const segment = board.next();
      if (segment === null) {
        if (isExtra) limits.host.release();
        return;
      }
      this.#start(segment);
    }
  }
}
