/** A body that curl writes to its standard output: read only while the sink is willing to take it. */
import { SluiceError } from '@sluice/contract';
import type { BodySink, HttpBody } from '../../../ports/http.ts';
import type { NetworkErrorOptions } from '../network-errors.ts';
import { BodyTransfer } from '../body-transfer.ts';
import type { CurlChild } from './curl-child.ts';

export interface CurlBodyOptions {
  readonly child: CurlChild;
  readonly framing: HttpBody['framing'];
  /** Null unless framing is `length`. */
  readonly lengthBytes: number | null;
  readonly idleTimeoutMs: number;
  readonly server: NetworkErrorOptions;
  /** The exchange's; it counts until the body is taken. */
  readonly signal: AbortSignal;
  /** How curl says the transfer went; asked for once it is gone. Null: well. */
  readonly failure: () => SluiceError | null;
}

export class CurlBody implements HttpBody {
  readonly framing: HttpBody['framing'];
  readonly lengthBytes: number | null;
  readonly #options: CurlBodyOptions;
  readonly #onAbort: () => void;
  #transfer: BodyTransfer | null = null;
  #rest: Buffer | null = null;
  #isPaused = false;
  #givenUp: { readonly reason: unknown } | null = null;
  /** How it ended, once nothing more can come; a null error: well. */
  #end: { readonly error: SluiceError | null } | null = null;

  constructor(options: CurlBodyOptions) {
    this.#options = options;
    this.framing = options.framing;
    this.lengthBytes = options.lengthBytes;
    this.#onAbort = () => this.#giveUp(options.signal.reason);
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    const { child, idleTimeoutMs, server } = this.#options;
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    if (signal.aborted) this.#giveUp(signal.reason);
    signal.throwIfAborted();
    if (this.#givenUp !== null) throw this.#givenUp.reason;
    if (this.#transfer !== null) throw new SluiceError('internal', 'a body can be read once');
    const source = {
      pause: () => {
        this.#isPaused = true;
        child.setIdle(true);
      },
      resume: () => {
        this.#isPaused = false;
        child.setIdle(false);
        this.#deliver();
      },
      abandon: () => child.kill(),
    };
    const transfer = new BodyTransfer({ sink, source, signal, idleTimeoutMs, server });
    this.#transfer = transfer;
    if (this.lengthBytes === 0) {
      child.dismiss();
      transfer.end();
      return transfer.outcome;
    }
    child.stdout.on('readable', () => this.#deliver());
    if (child.stdout.readableEnded) void this.#onEnd();
    else child.stdout.once('end', () => void this.#onEnd());
    child.stdout.once('error', (error) => transfer.fail(error));
    this.#deliver();
    return transfer.outcome;
  }

  discard(): void {
    this.#giveUp(new SluiceError('aborted', 'the body was discarded'));
  }

  #deliver(): void {
    const transfer = this.#transfer;
    const { child } = this.#options;
    while (transfer !== null && !this.#isPaused && !transfer.isSettled) {
      const chunk = this.#rest ?? readFrom(child);
      if (chunk === null) return this.#settle(transfer);
      const space = transfer.space();
      if (transfer.isSettled) return;
      const leftBytes = (this.lengthBytes ?? Number.POSITIVE_INFINITY) - transfer.receivedBytes;
      const count = Math.min(space.length, chunk.length, leftBytes);
      space.set(chunk.subarray(0, count));
      this.#rest = count < chunk.length ? chunk.subarray(count) : null;
      if (count === leftBytes) return this.#finish(transfer, count);
      transfer.advance(count);
    }
  }

  /** Nothing behind these bytes belongs to the body, whatever else curl may write. */
  #finish(transfer: BodyTransfer, lengthBytes: number): void {
    this.#rest = null;
    this.#isPaused = true;
    this.#options.child.dismiss();
    transfer.advance(lengthBytes, true);
  }

  async #onEnd(): Promise<void> {
    await this.#options.child.gone;
    this.#end = { error: this.#options.failure() };
    this.#deliver();
  }

  #settle(transfer: BodyTransfer): void {
    if (this.#end === null) return;
    const { error } = this.#end;
    if (error === null && this.lengthBytes === null) return transfer.end();
    if (error !== null && error.code !== 'body-short') return transfer.fail(error);
    const { host, port } = this.#options.server;
    const facts = { host, port, receivedBytes: transfer.receivedBytes };
    const expected = this.lengthBytes === null ? {} : { expectedBytes: this.lengthBytes };
    transfer.fail(
      new SluiceError('body-short', 'the transfer ended before the body', { facts: { ...facts, ...expected } }),
    );
  }

  #giveUp(reason: unknown): void {
    this.#givenUp ??= { reason };
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#options.child.kill();
    this.#transfer?.fail(reason);
  }
}

function readFrom(child: CurlChild): Buffer | null {
  const chunk: unknown = child.stdout.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}
