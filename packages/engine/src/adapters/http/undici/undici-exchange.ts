/** One exchange through undici: its handler, and the body it becomes. */
import { SluiceError } from '@sluice/contract';
import type { Client, Dispatcher } from 'undici';
import type { BodySink, HeaderLines, HttpBody, HttpRequest, HttpResponse } from '../../../ports/http.ts';
import { networkError } from '../network-errors.ts';
import { BodyTransfer } from '../body-transfer.ts';
import { decideFraming } from '../socket/framing.ts';
import type { Target } from '../target.ts';
import type { SocketWitness } from './socket-witness.ts';

export interface UndiciExchangeOptions {
  readonly client: Client;
  readonly target: Target;
  readonly witness: SocketWitness;
  readonly request: Pick<HttpRequest, 'method' | 'idleTimeoutMs'>;
  /** The exchange's; it counts until the body is taken. */
  readonly signal: AbortSignal;
}

type Ending = { readonly kind: 'end' } | { readonly kind: 'failed'; readonly error: unknown };

export class UndiciExchange implements Dispatcher.DispatchHandler, HttpBody {
  framing: HttpBody['framing'] = 'close';
  lengthBytes: number | null = null;
  readonly #options: UndiciExchangeOptions;
  readonly #head = Promise.withResolvers<HttpResponse>();
  readonly #onAbort = (): void => this.giveUp(this.#options.signal.reason);
  readonly #kept: Uint8Array[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #transfer: BodyTransfer | null = null;
  #isPaused = true;
  #hasHead = false;
  #bodyBytes = 0;
  #ending: Ending | null = null;

  constructor(options: UndiciExchangeOptions) {
    this.#options = options;
  }

  get response(): Promise<HttpResponse> {
    return this.#head.promise;
  }

  /** Ends the connection; whatever waits for this exchange fails with `reason`. */
  giveUp(reason: unknown): void {
    this.#end({ kind: 'failed', error: reason });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200 || this.#ending !== null) return;
    try {
      const headers = readHeaders(controller);
      const { framing } = decideFraming({ isVersion11: true, status, headers }, this.#options.request.method);
      // Over HTTP/2 the end of the stream proves what the last chunk proves over HTTP/1.1.
      const isHttp2 = !Array.isArray(controller.rawHeaders);
      this.framing = framing.kind === 'close' && isHttp2 ? 'chunked' : framing.kind;
      this.lengthBytes = framing.kind === 'length' ? framing.lengthBytes : null;
      this.#hasHead = true;
      controller.pause();
      this.#options.signal.addEventListener('abort', this.#onAbort, { once: true });
      this.#head.resolve({ status, headers, body: this });
    } catch (error) {
      this.giveUp(error);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#ending !== null || chunk.length === 0) return;
    this.#bodyBytes += chunk.length;
    this.#kept.push(chunk);
    this.#deliver();
    if (this.#isPaused) controller.pause();
  }

  onResponseEnd(): void {
    const { witness } = this.#options;
    if (this.framing === 'close' && !witness.endedProperly) this.#failWhole(witness.error);
    else if (this.lengthBytes !== null && this.#bodyBytes !== this.lengthBytes) this.#failWhole(null);
    else this.#end({ kind: 'end' });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const { witness, target } = this.#options;
    if (this.#hasHead && witness.hasEnded) this.#failWhole(null);
    else if (!this.#hasHead && witness.isOpen && witness.error === null && !witness.hasEnded) this.#refuse(error);
    else this.giveUp(networkError(witness.error ?? error, target));
  }

  async pipeTo(sink: BodySink, signal: AbortSignal): Promise<'end' | 'enough'> {
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    if (signal.aborted) this.giveUp(signal.reason);
    signal.throwIfAborted();
    this.#options.signal.throwIfAborted();
    if (this.#transfer !== null) throw new SluiceError('internal', 'a body can be read once');
    const { witness } = this.#options;
    const transfer = new BodyTransfer({
      sink,
      source: {
        pause: () => {
          this.#isPaused = true;
          witness.setIdle(true);
        },
        resume: () => this.#resume(),
        abandon: () => this.#close(),
      },
      signal,
      idleTimeoutMs: this.#options.request.idleTimeoutMs,
      server: this.#options.target,
    });
    this.#transfer = transfer;
    this.#resume();
    return transfer.outcome;
  }

  discard(): void {
    this.giveUp(new SluiceError('aborted', 'the body was discarded'));
  }

  #resume(): void {
    this.#isPaused = false;
    this.#options.witness.setIdle(false);
    this.#deliver();
    if (!this.#isPaused) this.#controller?.resume();
  }

  /** Hands over what was kept, then the news of the end. */
  #deliver(): void {
    const transfer = this.#transfer;
    while (transfer !== null && !this.#isPaused && !transfer.isSettled) {
      const first = this.#kept.shift();
      if (first === undefined) break;
      const space = transfer.space();
      if (transfer.isSettled) break;
      const count = Math.min(space.length, first.length);
      space.set(first.subarray(0, count));
      if (count < first.length) this.#kept.unshift(first.subarray(count));
      transfer.advance(count, transfer.receivedBytes + count === this.lengthBytes);
    }
    if (transfer === null || this.#isPaused || this.#ending === null) return;
    if (this.#ending.kind === 'end') transfer.end();
    else transfer.fail(this.#ending.error);
  }

  /** The connection is sound: undici could not parse what it had read. */
  #refuse(error: Error): void {
    const { host, port } = this.#options.target;
    this.giveUp(
      new SluiceError('http-malformed', 'the response cannot be parsed', { facts: { host, port }, cause: error }),
    );
  }

  #failWhole(error: unknown): void {
    const { host, port } = this.#options.target;
    const facts = { host, port, receivedBytes: this.#bodyBytes };
    const expected = this.lengthBytes === null ? {} : { expectedBytes: this.lengthBytes };
    this.giveUp(
      error === null
        ? new SluiceError('body-short', 'the connection ended before the body', { facts: { ...facts, ...expected } })
        : networkError(error, this.#options.target),
    );
  }

  #end(ending: Ending): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#close();
    if (ending.kind === 'failed') this.#head.reject(ending.error);
    this.#deliver();
  }

  #close(): void {
    this.#options.client.destroy().catch(() => {});
    this.#options.witness.destroy();
  }
}

/** undici gives what HTTP/1.1 sent as a flat list of bytes, and HTTP/2's fields as an object. */
function readHeaders(controller: Dispatcher.DispatchController): HeaderLines {
  const raw = controller.rawHeaders ?? [];
  if (Array.isArray(raw)) {
    const text = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
    return text.flatMap((name, index) =>
      index % 2 === 0 ? [[name.toLowerCase(), text[index + 1] ?? ''] as const] : [],
    );
  }
  return Object.entries(raw).flatMap(([name, value]) => {
    if (name.startsWith(':') || value === undefined) return [];
    return [value].flat().map((one) => [name.toLowerCase(), one] as const);
  });
}
