/** The UI's end of a Channel: an EngineApi whose engine is on the other side. */
import type { Channel } from '../channel.ts';
import type { Calls, EngineApi } from '../engine-api.ts';
import { deltaSchema, type Delta } from '../events.ts';
import { methods, type MethodName } from '../methods.ts';
import { errorFromInfo, SluiceError } from '../sluice-error.ts';
import { callIdOf, messageToUiSchema, protocolVersion, type MessageToHost, type MessageToUi } from './messages.ts';
import { protocolMismatch } from './protocol-mismatch.ts';

export interface RemoteEngine extends EngineApi {
  /** Pending and later calls reject with `disconnected`. */
  close(): void;
  /** Resolves when either end has closed. Connecting again takes a new Channel. */
  readonly closed: Promise<void>;
}

/**
 * Calls reject with the engine's own codes, and besides with
 * `disconnected` (the channel closed before the answer; the call may or may not have been carried out),
 * `aborted` (the caller's signal), `unsupported` (the host speaks another protocol version or lacks the method),
 * `request-invalid` (the host could not read the params) and `internal` (this end could not read the answer).
 *
 * A listener that throws does not keep deltas from the others; its error is thrown again outside the channel.
 */
export function connectEngine(channel: Channel): RemoteEngine {
  const client = new EngineClient(channel);
  client.start();
  const calls = Object.fromEntries(
    Object.keys(methods).map((name) => {
      const method = name as MethodName;
      return [method, (params: unknown, signal?: AbortSignal) => client.call(method, params, signal)];
    }),
    // One entry for each method, and each result has been parsed by that method's schema.
  ) as Calls;
  return {
    ...calls,
    subscribe: (listener) => client.subscribe(listener),
    close: () => client.close(),
    closed: client.closed,
  };
}

interface PendingCall {
  readonly method: MethodName;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: SluiceError) => void;
}

class EngineClient {
  readonly closed: Promise<void>;
  readonly #channel: Channel;
  readonly #pending = new Map<number, PendingCall>();
  readonly #listeners = new Map<symbol, (delta: Delta) => void>();
  readonly #resolveClosed: () => void;
  #nextCallId = 0;
  #subscription = 0;
  /** Why no call can succeed any more. */
  #over: SluiceError | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#resolveClosed = resolve;
  }

  start(): void {
    this.#channel.send({ kind: 'hello', protocol: protocolVersion } satisfies MessageToHost);
    this.#channel.start({
      onMessage: (message) => this.#receive(message),
      onClose: () => this.#end(new SluiceError('disconnected')),
    });
  }

  close(): void {
    this.#channel.close();
    this.#end(new SluiceError('disconnected'));
  }

  call(method: MethodName, params: unknown, signal?: AbortSignal): Promise<unknown> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    if (signal?.aborted === true) return Promise.reject(new SluiceError('aborted'));
    const id = this.#nextCallId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onAbort = (): void => {
      this.#channel.send({ kind: 'cancel', id } satisfies MessageToHost);
      this.#settle(id)?.reject(new SluiceError('aborted'));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#pending.set(id, { method, resolve, reject });
    try {
      this.#channel.send({ kind: 'request', id, method, params } satisfies MessageToHost);
    } catch (error) {
      this.#settle(id)?.reject(
        error instanceof SluiceError ? error : new SluiceError('request-invalid', String(error)),
      );
    }
    return promise.finally(() => signal?.removeEventListener('abort', onAbort));
  }

  subscribe(listener: (delta: Delta) => void): () => void {
    const key = Symbol('listener');
    this.#listeners.set(key, listener);
    if (this.#listeners.size === 1) {
      // A new number, so that what is still under way for the one before is not taken for this one's.
      this.#subscription += 1;
      this.#send({ kind: 'subscribe', subscription: this.#subscription });
    }
    return () => {
      if (!this.#listeners.delete(key) || this.#listeners.size > 0) return;
      this.#send({ kind: 'unsubscribe', subscription: this.#subscription });
    };
  }

  #receive(message: unknown): void {
    const parsed = messageToUiSchema.safeParse(message);
    if (parsed.success) {
      this.#handle(parsed.data);
      return;
    }
    const id = callIdOf(message);
    if (id !== undefined) this.#settle(id)?.reject(unreadable());
  }

  #handle(message: MessageToUi): void {
    switch (message.kind) {
      case 'hello':
        if (message.protocol === protocolVersion) return;
        this.#channel.close();
        this.#end(protocolMismatch({ host: message.protocol, ui: protocolVersion }));
        return;
      case 'result':
        this.#accept(message.id, message.result);
        return;
      case 'failure':
        this.#settle(message.id)?.reject(errorFromInfo(message.error));
        return;
      case 'delta':
        if (message.subscription === this.#subscription) this.#deliver(message.delta);
        return;
      default:
        message satisfies never;
    }
  }

  #accept(id: number, result: unknown): void {
    const call = this.#settle(id);
    if (call === undefined) return;
    const parsed = methods[call.method].result.safeParse(result);
    if (parsed.success) call.resolve(parsed.data);
    else call.reject(unreadable());
  }

  #deliver(delta: unknown): void {
    this.#send({ kind: 'acknowledge', subscription: this.#subscription });
    const parsed = deltaSchema.safeParse(delta);
    // An unreadable one leaves a gap in the sequence, which the replica closes with a snapshot.
    if (!parsed.success) return;
    for (const [key, listener] of this.#listeners) {
      if (!this.#listeners.has(key)) continue;
      try {
        listener(parsed.data);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #send(message: MessageToHost): void {
    if (this.#over === undefined) this.#channel.send(message);
  }

  #settle(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    return call;
  }

  #end(reason: SluiceError): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    for (const id of this.#pending.keys()) this.#settle(id)?.reject(reason);
    this.#listeners.clear();
    this.#resolveClosed();
  }
}

function unreadable(): SluiceError {
  return new SluiceError('internal', 'the host gave an answer this window cannot read');
}
