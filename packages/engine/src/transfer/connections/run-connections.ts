/** Runs the connections of one run: opens, replaces and dismisses them until every segment is on disk. */
import type { ErrorCode } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';
import { AwakeTime } from '../../plan/connections/awake-time.ts';
import { isFatal, isShortage, judgeFailure, judgeMirrorFailure } from '../../plan/connections/connection-failure.ts';
import { initialRamp, rampLesson, type RampState, rampStep, withCeiling } from '../../plan/connections/ramp.ts';
import { isFaultOfLink } from '../../plan/connections/link-faults.ts';
import { mayUseSeveral, type Resource } from '../../plan/response/resource.ts';
import { type ConnectionEnd, runConnection } from './run-connection.ts';
import type { FirstBody } from './run-connection-options.ts';
import { type ConnectionFailure, ActiveConnection, failureOf } from './active-connection.ts';
import { Backpressure } from './backpressure.ts';
import { DecisionLog } from './decision-log.ts';
import type { RequestBase } from '../request/open-response.ts';
import { OwnRoom } from '../run/own-room.ts';
import { refusedPauseMs, Refusals } from './refusals.ts';
import { ActiveConnections } from './active-connections.ts';
import type { RunLimits, RunPorts, RunReports } from '../run/run-context.ts';
import type { Segment, SegmentBoard } from './segment-board.ts';
import { canProve } from '../proof/prove-ranges.ts';
import type { RangeTrust } from '../proof/range-trust.ts';
import type { Source } from './source.ts';
import { Sources } from './sources.ts';
import type { WorkingFile } from '../file/working-file.ts';

/** As often as the ramp is at its best; see `rampStep`. */
const tickMs = 25;
/** A server that turned further connections away in a way that ends downloads may not have noticed at once that they are gone. */
const mostLateReplacements = 3;
/** At the end of a file, a connection this silent is raced by another: it may be paced, or wait for a lost packet. */
const hedgeSilenceMs = 150;
/** How often a run blames a single slow connection before it accepts that more connections do not help. */
const mostSecondChances = 2;
/** Pause before a lone connection that had delivered bytes is replaced. */
const replaceDelayMs = 50;

export interface RunConnectionsOptions {
  readonly ports: Pick<RunPorts, 'http' | 'clock' | 'pool' | 'log'>;
  readonly request: RequestBase;
  /** The one that the first response came from: no other link's bytes are taken without a proof of their own. */
  readonly link: string;
  /** Further links to the same file, if their bytes prove it. */
  readonly mirrors: readonly string[];
  readonly limits: RunLimits;
  readonly reports: RunReports;
  readonly working: Pick<WorkingFile, 'partial' | 'ledger'>;
  readonly resource: Resource;
  readonly board: SegmentBoard;
  /** What is written by ranges is written of hosts that it vouches for. */
  readonly trust: RangeTrust;
  /** How long the first request took to be answered, and whatever belonged to that. */
  readonly firstLatencyMs: number;
  /** The response that opened the run: its body goes to the segment that starts at `start`. */
  readonly first: FirstBody;
}

/**
 * Resolves when the board is empty and everything is written.
 * @throws SluiceError what stopped the last connection, with everything that arrived written; `signal.reason` when aborted
 */
export async function runConnections(options: RunConnectionsOptions, signal: AbortSignal): Promise<void> {
  const connectionsRun = new ConnectionsRun(options);
  const onAbort = () => connectionsRun.stop(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) connectionsRun.stop(signal.reason);
    await connectionsRun.run();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

class ConnectionsRun {
  readonly #options: RunConnectionsOptions;
  readonly #controller = new AbortController();
  readonly #ends = new Set<Promise<void>>();
  readonly #backpressure = new Backpressure();
  readonly #room = new OwnRoom();
  /** While this machine sleeps no server falls silent and no connection slows down. */
  readonly #awake = new AwakeTime(tickMs);
  readonly #sources: Sources;
  readonly #active: ActiveConnections;
  readonly #decisions: DecisionLog;
  /** Why the link itself is asked no more, once mirrors continue without it. */
  #ownFailure: unknown = null;
  #secondChances = mostSecondChances;
  #ramp: RampState;
  #receivedBytes = 0;
  readonly #refusals: Refusals;
  #lateReplacements = 0;
  #isFirstAlone = true;
  #wanted = 1;
  /** Further connections make sense only where ranges work and a validator ties the pieces together. */
  #mayGrow: boolean;
  readonly #outcome: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  #stopped: { readonly reason: unknown } | null = null;

  constructor(options: RunConnectionsOptions) {
    this.#options = options;
    this.#sources = new Sources(options);
    this.#decisions = new DecisionLog(options.ports.log, options.link);
    this.#active = new ActiveConnections(this.#sources, this.#decisions);
    const ceiling = options.limits.maxConnections();
    // A lesson of the host alone says nothing of the best number beside mirrors.
    const lesson = options.mirrors.length > 0 ? null : options.limits.host.lesson();
    this.#ramp = initialRamp(
      lesson === null ? { ceiling } : { ceiling, learned: lesson.level, refusedAbove: lesson.refusedAbove },
    );
    this.#refusals = new Refusals(lesson?.refusedBecause ?? null);
    this.#mayGrow = mayUseSeveral(options.resource);
  }

  async run(): Promise<void> {
    const { board, first, ports } = this.#options;
    const segment = board.at(first.start);
    if (segment === null) throw new SluiceError('internal', 'the first response has no segment');
    this.#sources.own.admitFirst();
    this.#start(segment, this.#sources.own, { first });
    const stopTicking = ports.clock.every(tickMs, () => this.#tick());
    try {
      await this.#outcome.promise;
    } finally {
      stopTicking();
      this.#controller.abort(this.#stopped?.reason ?? new SluiceError('aborted'));
      await Promise.all([...this.#ends, this.#sources.settled()]);
      this.#rememberRefusal();
      this.#options.reports.connections(0);
    }
  }

  /** A run that ends before its level has settled has learned all the same how many the server lets in. */
  #rememberRefusal(): void {
    const { allowed, ceiling, rememberedLimit } = this.#ramp;
    const { cause, hasRefused } = this.#refusals;
    const isNew = hasRefused && !this.#room.isShort && allowed < ceiling && rememberedLimit === null;
    if (!isNew || cause === null || rampLesson(this.#ramp) !== null || this.#sources.hadMirror) return;
    this.#options.limits.host.learn({ level: allowed, refusedAbove: allowed, refusedBecause: cause });
  }

  /** Ends all connections; `run` rejects with this reason once they have written what they had. */
  stop(reason: unknown): void {
    if (this.#stopped !== null) return;
    this.#stopped = { reason };
    this.#controller.abort(reason);
    this.#outcome.reject(reason);
  }

  /** @param source with this connection counted already */
  #start(
    segment: Segment,
    source: Source,
    how: { readonly first?: FirstBody; readonly races?: ActiveConnection } = {},
  ): void {
    const { ports, limits, reports, working, board, trust } = this.#options;
    const connection = new ActiveConnection(
      { monotonicMs: () => this.#nowMs() },
      { segment, source, races: how.races ?? null },
    );
    const running = runConnection(
      {
        ports,
        limits,
        working,
        board,
        segment,
        source,
        trust,
        takeBack: () => this.#active.endBeaten(board.takeBack(segment)),
        first: how.first ?? null,
        onBackpressure: (until) => this.#backpressure.note(until),
        onArrived: (sizeBytes) => {
          if (connection.deliveredBytes === 0 && how.first === undefined) this.#noteBegun(connection);
          connection.arrived(sizeBytes);
          this.#receivedBytes += sizeBytes;
          reports.arrived(sizeBytes);
        },
      },
      AbortSignal.any([this.#controller.signal, connection.leaving]),
    );
    const ended = running
      .then(
        (end) => this.#onEnd(connection, end),
        (error: unknown) => {
          this.stop(error);
          this.#onEnd(connection, { kind: 'failed', error, isOfBody: true });
        },
      )
      .finally(() => this.#ends.delete(ended));
    this.#ends.add(ended);
    this.#active.add(connection);
    reports.connections(this.#active.size);
  }

  #noteBegun(connection: ActiveConnection): void {
    this.#active.noteBegun(connection);
    this.#refusals.noteBegun();
    this.#lateReplacements = 0;
    this.#isFirstAlone = false;
  }

  #onEnd(connection: ActiveConnection, end: ConnectionEnd): void {
    const { board, reports } = this.#options;
    const { segment, source } = connection;
    this.#active.remove(connection);
    reports.connections(this.#active.size);
    board.release(segment, end.kind === 'ended');
    if (this.#stopped !== null) return;
    const failure = failureOf(end);
    // One that lost a race has nothing left to fetch.
    const isMissed = segment.position < segment.end;
    const counts = failure !== null && (isMissed || isFatal(failure.error));
    // A host that was believed has lied: what others have brought by ranges may be no better.
    if (failure !== null && this.#options.trust.mustForget) return this.stop(failure.error);
    if (counts && source.isMirror) this.#onMirrorFailure(failure.error, connection);
    else if (counts) this.#onFailure(failure, connection);
    else if (board.isDone) this.#outcome.resolve();
    else this.#goOn(Math.max(1, this.#wanted), this.#sources.noneLetIn());
  }

  #onFailure({ error, isOfBody }: ConnectionFailure, connection: ActiveConnection): void {
    const { link, ports, resource } = this.#options;
    const { deliveredBytes, source } = connection;
    const othersOpen = this.#active.size;
    const code = error instanceof SluiceError ? error.code : 'internal';
    const verdict = judgeFailure(error, {
      resource,
      othersOpen,
      deliveredBytes,
      wasRedirected: source.url !== link,
      isOfBody,
      isFirstAlone: this.#isFirstAlone,
      isCoolingDown: source.isCoolingDown,
      isKnownRefusal: code === this.#refusals.cause && this.#lateReplacements < mostLateReplacements,
    });
    ports.log.debug('a connection failed', { code, active: othersOpen, delivered: deliveredBytes, verdict });
    switch (verdict) {
      case 'stop':
        if (!this.#sources.hasMirror || !isFaultOfLink(error) || code === 'resource-changed') return this.stop(error);
        this.#ownFailure = error;
        source.giveUp();
        return this.#replaceSoon(error);
      case 'carry-on':
        return this.#noteSetback(code, connection);
      case 'no-further':
        if (this.#sources.hasMirror) return source.letNoMoreIn();
        this.#mayGrow = false;
        return;
      case 'turned-away':
        if (this.#sources.hasMirror) {
          this.#ownFailure = error;
          return source.letNoMoreIn();
        }
        return this.#noteSetback(code, connection);
      case 'fewer':
        return this.#room.noteShortage(othersOpen);
      case 'ask-link':
        source.url = link;
        return this.#replaceSoon(error);
      case 'replace':
        return this.#replaceSoon(error);
      case 'replace-later':
        this.#lateReplacements += 1;
        return this.#replaceSoon(error, refusedPauseMs * this.#lateReplacements);
      default:
        return verdict satisfies never;
    }
  }

  #noteSetback(code: ErrorCode, connection: ActiveConnection): void {
    const setback = {
      code,
      deliveredBytes: connection.deliveredBytes,
      othersOpen: this.#active.size,
      youngestAgeMs: this.#active.youngestAgeMs(connection),
      latencyMs: this.#active.latencyMs || this.#options.firstLatencyMs,
    };
    this.#refusals.noteSetback(setback, this.#nowMs());
  }

  #onMirrorFailure(error: unknown, { deliveredBytes, source }: ActiveConnection): void {
    source.failures += 1;
    const verdict = judgeMirrorFailure(error, { othersOpen: source.open, deliveredBytes, failures: source.failures });
    const code = error instanceof SluiceError ? error.code : 'internal';
    this.#options.ports.log.debug('a connection to a mirror failed', { code, delivered: deliveredBytes, verdict });
    if (verdict === 'stop') return this.stop(error);
    if (isShortage(error)) this.#room.noteShortage(this.#active.size);
    if (verdict === 'give-up') this.#active.giveUp(source);
    if (verdict === 'no-more') source.letNoMoreIn();
    this.#goOn(Math.max(1, this.#wanted), error);
  }

  #replaceSoon(error: unknown, delayMs: number = replaceDelayMs): void {
    this.#options.ports.clock.sleep(delayMs, this.#controller.signal).then(
      () => this.#goOn(1, error),
      () => {},
    );
  }

  /** Without any connection nothing would trigger another attempt, so the run fails with this error and may switch to a mirror. */
  #goOn(wanted: number, error: unknown): void {
    this.#grow(wanted);
    // What the user's own link has said tells more than what the last of its mirrors did.
    if (this.#active.size === 0) this.stop(this.#ownFailure ?? error);
  }

  #tick(): void {
    const { limits, ports, board, request } = this.#options;
    this.#awake.note(ports.clock.monotonicMs());
    const atMs = this.#nowMs();
    board.measure(atMs);
    this.#refusals.noteDelivering(this.#active.delivering, atMs);
    const step = rampStep(withCeiling(this.#ramp, this.#room.within(limits.maxConnections())), {
      atMs,
      receivedBytes: this.#receivedBytes,
      openConnections: this.#active.delivering,
      ...this.#refusals.take(),
      wasThrottled: this.#backpressure.readAndReset(),
      hasNewLink: this.#sources.takeNewMirror(),
      latencyMs: this.#active.latencyMs || this.#options.firstLatencyMs,
    });
    this.#decisions.ramp(this.#ramp, step.state, { open: this.#active.size, receivedBytes: this.#receivedBytes });
    this.#ramp = step.state;
    this.#wanted = step.wanted;
    const lesson = rampLesson(step.state);
    if (lesson !== null && this.#mayGrow && !this.#room.isShort && !this.#sources.hadMirror) {
      const { cause } = this.#refusals;
      limits.host.learn(cause === null ? lesson : { ...lesson, refusedBecause: cause });
    }
    if (this.#mayGrow && limits.maxConnections() > 1) {
      if (this.#sources.askForBytes(this.#receivedBytes)) void board.flush();
      this.#sources.verifyMirrors(atMs, this.#controller.signal);
    }
    if (!this.#backpressure.isThrottled) this.#active.endSilent(board.stalled(atMs, request.timeouts.stallTimeoutMs));
    this.#dismissBeyond(this.#wanted);
    if (this.#active.size > 0 && this.#refusals.allowMore(atMs)) {
      this.#grow(this.#wanted);
      if (!this.#backpressure.isThrottled) this.#hedge(atMs);
    }
  }

  #dismissBeyond(wanted: number): void {
    const blamed = this.#mayGrow ? this.#active.dismissBeyond(wanted) : null;
    if (blamed === null || (blamed === 'crawler' && this.#secondChances === 0)) return;
    // It was this one connection that brought nothing: a fresh one shows what the server gives.
    if (blamed === 'crawler') this.#secondChances -= 1;
    this.#ramp = initialRamp({ ceiling: this.#room.within(this.#options.limits.maxConnections()), learned: wanted });
  }

  /** Nothing is left to split: a free connection fetches the rest of a silent one again. */
  #hedge(atMs: number): void {
    const { board } = this.#options;
    if (!this.#mayGrow) return;
    for (const segment of board.stalled(atMs, hedgeSilenceMs)) {
      if (this.#stopped !== null || this.#active.size >= this.#wanted) return;
      const silent = this.#active.at(segment);
      // One that has not begun to deliver is being waited for already, as long as others needed.
      if (silent === null || (silent.deliveredBytes === 0 && !this.#active.isOverdue(silent))) continue;
      const source = this.#active.takeSource();
      const rest = source === null ? null : board.cutOff(segment);
      if (source === null || rest === null) {
        source?.release();
        continue;
      }
      this.#decisions.hedge(rest, { open: this.#active.size, silentDeliveredBytes: silent.deliveredBytes });
      this.#start(rest, source, { races: silent });
    }
  }

  #grow(wanted: number): void {
    const { board } = this.#options;
    const ceiling = this.#mayGrow ? wanted : 1;
    while (this.#stopped === null && this.#active.size < ceiling) {
      if (this.#active.size === 1 && this.#sources.keepsRoom(this.#nowMs())) return;
      if (this.#active.size > 0 && !canProve(this.#options, this.#sources.own.url)) return void board.flush();
      const source = this.#active.takeSource();
      if (source === null) return;
      const segment = board.next(this.#active.latencyMs);
      if (segment === null) return source.release();
      this.#decisions.split(segment, this.#active.size);
      this.#start(segment, source);
    }
  }

  #nowMs(): number {
    return this.#awake.at(this.#options.ports.clock.monotonicMs());
  }
}
