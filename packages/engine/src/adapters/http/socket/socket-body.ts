/** A response body on its connection: read straight into the sink, and the connection kept when the end was clean. */
import { SluiceError } from '@sluice/contract';
import type { BodySink, HttpBody } from '../../../ports/http.ts';
import { networkError } from '../network-errors.ts';
import { BodyTransfer } from '../body-transfer.ts';
import { discardingSink, drainLimitBytes, drainLimitMs } from '../drain.ts';
import type { Connection, ConnectionReader } from './connection.ts';
import type { FramingDecision } from './framing.ts';
import type { ConnectionPool } from './pool.ts';
import { createUnframer, type Unframer } from './unframer.ts';

export interface SocketBodyOptions {
  readonly connection: Connection;
  readonly decision: FramingDecision;
  readonly pool: ConnectionPool;
  readonly idleTimeoutMs: number;
  /** The exchange's; it counts until the body is taken. */
  readonly signal: AbortSignal;
}

type State =
  | { readonly kind: 'unread' }
  | { readonly kind: 'moving'; readonly transfer: BodyTransfer }
  /** The connection belongs to another exchange, or is closed. */
  | { readonly kind: 'over'; readonly isWhole: boolean };

export class SocketBody implements HttpBody, ConnectionReader {
  readonly framing: HttpBody['framing'];
  readonly lengthBytes: number | null;
  readonly #options: SocketBodyOptions;
  readonly #unframer: Unframer;
  readonly #onAbort = (): void => this.#abandon();
  #raw: Uint8Array = new Uint8Array(0);
  #state: State = { kind: 'unread' };

  constructor(options: SocketBodyOptions) {
    this.#options = options;
    const { framing } = options.decision;
    this.framing = framing.kind;
    this.lengthBytes = framing.kind === 'length' ? framing.lengthBytes : null;
    this.#unframer = createUnframer(framing);
    if (this.#unframer.isComplete) this.#complete(true);
    else options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    const { connection, idleTimeoutMs } = this.#options;
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    if (signal.aborted) this.#abandon();
    signal.throwIfAborted();
    if (this.#state.kind === 'over' && this.#state.isWhole) return 'end';
    this.#options.signal.throwIfAborted();
    if (this.#state.kind !== 'unread') throw new SluiceError('internal', 'a body can be read once');
    const transfer = new BodyTransfer({
      sink,
      source: {
        pause() {
          connection.pause();
          connection.setIdle(true);
        },
        resume() {
          connection.setIdle(false);
          connection.read();
        },
        abandon: () => this.#abandon(),
      },
      signal,
      idleTimeoutMs,
      server: connection.target,
    });
    this.#state = { kind: 'moving', transfer };
    connection.attach(this);
    connection.read();
    return transfer.outcome;
  }

  discard(): void {
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    if (this.#state.kind === 'moving') this.#state.transfer.fail(new SluiceError('aborted', 'the body was discarded'));
    if (this.#state.kind !== 'unread') return;
    const isShort = this.lengthBytes === null || this.lengthBytes <= drainLimitBytes;
    if (!this.#options.decision.isPersistent || !isShort) {
      this.#abandon();
      return;
    }
    // Reading a short rest is cheaper than a new connection, as long as nothing waits for it.
    const { connection, pool } = this.#options;
    connection.setIdle(true);
    const limit = AbortSignal.any([pool.closing, AbortSignal.timeout(drainLimitMs)]);
    const ended = this.pipeTo(discardingSink(), limit).catch(() => {});
    if (this.#isOver()) return;
    pool.noteDrain(connection.target.key, { ended, abandon: () => this.discard() });
  }

  space(): Uint8Array {
    const space = this.#moving().space();
    const { wantedBytes } = this.#unframer;
    this.#raw = space.length > wantedBytes ? space.subarray(0, wantedBytes) : space;
    return this.#raw;
  }

  landed(lengthBytes: number): void {
    const transfer = this.#moving();
    try {
      const { payloadBytes, readBytes } = this.#unframer.take(this.#raw, lengthBytes);
      const isLast = this.#unframer.isComplete;
      if (isLast) this.#complete(readBytes === lengthBytes);
      if (payloadBytes > 0) transfer.advance(payloadBytes, isLast);
      else if (isLast) transfer.end();
      else transfer.heard();
    } catch (error) {
      transfer.fail(error);
    }
  }

  ended(isProper: boolean): void {
    const transfer = this.#moving();
    if (this.#unframer.isWholeAtEnd(isProper)) {
      this.#complete(false);
      transfer.end();
      return;
    }
    const { host, port } = this.#options.connection.target;
    const facts = { host, port, receivedBytes: transfer.receivedBytes };
    const expected = this.lengthBytes === null ? {} : { expectedBytes: this.lengthBytes };
    transfer.fail(
      new SluiceError('body-short', 'the connection ended before the body', { facts: { ...facts, ...expected } }),
    );
  }

  failed(error: unknown): void {
    this.#moving().fail(networkError(error, this.#options.connection.target));
  }

  /** Every byte of the response was read. Whether the connection is fit for another is the pool's question, too. */
  #complete(endedExactly: boolean): void {
    const { connection, decision, pool } = this.#options;
    this.#state = { kind: 'over', isWhole: true };
    connection.attach(null);
    if (decision.isPersistent && endedExactly) pool.give(connection);
    else connection.destroy();
  }

  #abandon(): void {
    if (this.#state.kind === 'over') return;
    this.#state = { kind: 'over', isWhole: false };
    this.#options.connection.destroy();
  }

  #isOver(): boolean {
    return this.#state.kind === 'over';
  }

  #moving(): BodyTransfer {
    if (this.#state.kind !== 'moving') throw new Error('only a body that is being moved gets bytes');
    return this.#state.transfer;
  }
}
