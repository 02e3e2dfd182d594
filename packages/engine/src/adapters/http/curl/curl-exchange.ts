/** One exchange through a curl of its own, from its start to the head of the answer. */
import { randomBytes } from 'node:crypto';
import { SluiceError } from '@sluice/contract';
import type { HttpRequest, HttpResponse } from '../../../ports/http.ts';
import { createDeadline } from '../deadline.ts';
import { CurlBody } from './curl-body.ts';
import { CurlChild } from './curl-child.ts';
import { writeCurlConfig } from './curl-config.ts';
import type { CurlProgram } from './curl-program.ts';
import type { CurlTarget } from './curl-target.ts';
import type { Departures } from './departures.ts';
import type { HeadOutcome, HeadSource } from './heads/head.ts';
import { planTransfers, type TransferPlan } from './plan-transfers.ts';
import type { OrphanGuard } from './orphan-guard.ts';
import { parseTraceLine, resultFormat, type TraceLine } from './trace.ts';
import { TransferWatch } from './transfer-watch.ts';
import { Workspace } from './workspace.ts';

export interface CurlExchangeOptions {
  readonly program: CurlProgram;
  readonly departures: Departures;
  readonly guard: OrphanGuard;
  readonly target: CurlTarget;
  readonly request: HttpRequest;
  readonly certificateAuthorities: readonly string[];
  readonly isWhole: boolean;
}

/** @returns null when the range cannot be had and the whole must be asked for */
export async function exchangeByCurl(options: CurlExchangeOptions, signal: AbortSignal): Promise<HttpResponse | null> {
  const workspace = new Workspace();
  const mark = `sluice-${randomBytes(8).toString('hex')}`;
  let running: RunningTransfer | null = null;
  try {
    const { program, departures, guard: _guard, ...rest } = options;
    const { environment } = program;
    const plan = await planTransfers({ ...rest, workspace, environment, format: resultFormat(mark) });
    await departures.settled(serverOf(options.target));
    signal.throwIfAborted();
    running = new RunningTransfer(options, plan, mark);
    return await running.response(signal);
  } finally {
    // The files of a running transfer go with it.
    void (running?.gone ?? Promise.resolve()).then(() => workspace.close());
  }
}

function serverOf({ host, port }: CurlTarget): string {
  return `${host} ${port}`;
}

class RunningTransfer {
  readonly #options: CurlExchangeOptions;
  readonly #watch: TransferWatch;
  readonly #child: CurlChild;
  readonly #mark: string;
  readonly #source: HeadSource;
  readonly #transferCount: number;
  readonly #outcome = Promise.withResolvers<HeadOutcome>();
  #isDecided = false;
  #hasHead = false;
  #results: readonly Extract<TraceLine, { kind: 'result' }>[] = [];

  constructor(options: CurlExchangeOptions, plan: TransferPlan, mark: string) {
    this.#options = options;
    this.#mark = mark;
    this.#source = plan.head;
    this.#transferCount = plan.transfers.length;
    this.#watch = new TransferWatch(options.target);
    this.#child = new CurlChild({
      path: options.program.path,
      environment: plan.environment,
      config: writeCurlConfig(plan.transfers),
      departures: options.departures,
      guard: options.guard,
      server: serverOf(options.target),
      onLine: (line) => this.#take(line),
      onGone: () => this.#outcome.reject(this.#failure() ?? this.#vanished()),
    });
    if (plan.head.began !== undefined) this.#child.stdout.once('readable', () => this.#began());
  }

  get gone(): Promise<void> {
    return this.#child.gone;
  }

  async response(signal: AbortSignal): Promise<HttpResponse | null> {
    const { request, target } = this.#options;
    const { host, port } = target;
    const onAbort = (): void => this.#giveUp(signal.reason);
    const deadline = createDeadline(request.headTimeoutMs, () => {
      const code = this.#watch.isOpen ? 'stalled' : 'connect-timeout';
      this.#giveUp(new SluiceError(code, `no answer in ${request.headTimeoutMs} ms`, { facts: { host, port } }));
    });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const outcome = await this.#outcome.promise;
      if (outcome.kind === 'failed') throw this.#watch.errorOf({ ...outcome, hasHead: false });
      if (outcome.kind === 'again') {
        this.#child.kill();
        return null;
      }
      this.#hasHead = true;
      const { status, headers, framing, lengthBytes } = outcome.head;
      const { idleTimeoutMs } = request;
      const failure = (): SluiceError | null => this.#failure() ?? (framing === 'close' ? this.#cutOff() : null);
      const body = new CurlBody({
        child: this.#child,
        framing,
        lengthBytes,
        idleTimeoutMs,
        server: { host, port },
        signal,
        failure,
      });
      return { status, headers, body };
    } catch (error) {
      this.#child.kill();
      // The listener may open another connection in its place, by whichever backend.
      await this.#child.exited;
      throw error;
    } finally {
      deadline.stop();
      signal.removeEventListener('abort', onAbort);
    }
  }

  #take(text: string): void {
    const line = parseTraceLine(text, this.#mark);
    if (line === null) return;
    this.#watch.take(line);
    if (line.kind === 'result') this.#results = [...this.#results, line];
    if (this.#isDecided) return;
    try {
      const outcome = this.#source.take(line);
      if (outcome !== null) this.#decide(outcome);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  #began(): void {
    const outcome = this.#source.began?.();
    if (outcome !== undefined && !this.#isDecided) this.#decide(outcome);
  }

  #decide(outcome: HeadOutcome | Promise<HeadOutcome>): void {
    this.#isDecided = true;
    this.#outcome.resolve(outcome);
  }

  #giveUp(reason: unknown): void {
    this.#isDecided = true;
    this.#outcome.reject(reason);
    this.#child.kill();
  }

  /** How the file's own transfer went: null for well. */
  #failure(): SluiceError | null {
    if (this.#child.failure !== null) return this.#child.failure;
    const result = this.#results[this.#transferCount - 1];
    if (result === undefined) return this.#vanished();
    return result.exitCode === 0 ? null : this.#watch.errorOf({ ...result, hasHead: this.#hasHead });
  }

  #cutOff(): SluiceError | null {
    return this.#watch.endedProperly ? null : new SluiceError('body-short', 'the TLS stream was cut off');
  }

  /** Somebody else has ended it. */
  #vanished(): SluiceError {
    const { host, port } = this.#options.target;
    return new SluiceError('connection-reset', 'curl ended without a word', { facts: { host, port } });
  }
}
