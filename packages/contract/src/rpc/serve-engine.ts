/** The host's end of a Channel: checks what a UI sends, calls the engine, answers. */
import type { Channel } from '../channel.ts';
import type { Calls, EngineApi } from '../engine-api.ts';
import { methods, type MethodName, type ParamsIn } from '../methods.ts';
import { errorToInfo, SluiceError } from '../sluice-error.ts';
import { DeltaWindow } from './delta-window.ts';
import { callIdOf, messageToHostSchema, protocolVersion, type MessageToHost, type MessageToUi } from './messages.ts';
import { protocolMismatch } from './protocol-mismatch.ts';

/**
 * Serves one UI until it goes away or `close` is called. Nothing a UI sends can stop the host: a message that does
 * not parse is answered with `request-invalid` when it names a call, and dropped otherwise.
 *
 * A UI that goes away stops its subscription, not its calls: a call that has arrived is carried out.
 */
export function serveEngine(channel: Channel, api: EngineApi): { close(): void } {
  const server = new EngineServer(channel, api);
  server.start();
  return { close: () => server.close() };
}

interface Subscription {
  readonly id: number;
  readonly window: DeltaWindow;
  readonly stop: () => void;
}

class EngineServer {
  readonly #channel: Channel;
  readonly #api: EngineApi;
  readonly #calls = new Map<number, AbortController>();
  #subscription: Subscription | undefined;
  /** Undefined until the UI has said hello. */
  #peerProtocol: number | undefined;

  constructor(channel: Channel, api: EngineApi) {
    this.#channel = channel;
    this.#api = api;
  }

  start(): void {
    this.#send({ kind: 'hello', protocol: protocolVersion });
    this.#channel.start({ onMessage: (message) => this.#receive(message), onClose: () => this.#unsubscribe() });
  }

  close(): void {
    this.#unsubscribe();
    this.#channel.close();
  }

  #receive(message: unknown): void {
    const parsed = messageToHostSchema.safeParse(message);
    if (parsed.success) {
      this.#handle(parsed.data);
      return;
    }
    const id = callIdOf(message);
    if (id !== undefined && !this.#calls.has(id)) {
      this.#fail(id, new SluiceError('request-invalid', 'not a message this host can read'));
    }
  }

  #handle(message: MessageToHost): void {
    if (message.kind === 'hello') {
      this.#peerProtocol = message.protocol;
      return;
    }
    if (this.#peerProtocol !== protocolVersion) {
      if (message.kind === 'request') this.#fail(message.id, this.#strangerError());
      return;
    }
    switch (message.kind) {
      case 'request':
        void this.#answer(message.id, message.method, message.params);
        return;
      case 'cancel':
        this.#calls.get(message.id)?.abort(new SluiceError('aborted'));
        return;
      case 'subscribe':
        this.#subscribe(message.subscription);
        return;
      case 'unsubscribe':
        if (this.#subscription?.id === message.subscription) this.#unsubscribe();
        return;
      case 'acknowledge':
        if (this.#subscription?.id === message.subscription) this.#subscription.window.acknowledge();
        return;
      default:
        message satisfies never;
    }
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    // A second call under the same id could not be told from the first one's answer.
    if (this.#calls.has(id)) return;
    const controller = new AbortController();
    this.#calls.set(id, controller);
    try {
      const result = await callMethod(this.#api, { method, params, signal: controller.signal });
      this.#calls.delete(id);
      this.#channel.send({ kind: 'result', id, result } satisfies MessageToUi);
    } catch (error) {
      this.#calls.delete(id);
      this.#fail(id, error);
    }
  }

  #fail(id: number, error: unknown): void {
    this.#send({ kind: 'failure', id, error: errorToInfo(error) });
  }

  #subscribe(id: number): void {
    this.#unsubscribe();
    const window = new DeltaWindow((delta) => this.#send({ kind: 'delta', subscription: id, delta }));
    const stop = this.#api.subscribe((delta) => window.push(delta));
    this.#subscription = { id, window, stop };
  }

  #unsubscribe(): void {
    this.#subscription?.stop();
    this.#subscription = undefined;
  }

  /** What cannot be sent would be missed without a trace, so the UI is made to connect again instead. */
  #send(message: MessageToUi): void {
    try {
      this.#channel.send(message);
    } catch {
      this.close();
    }
  }

  #strangerError(): SluiceError {
    if (this.#peerProtocol === undefined)
      return new SluiceError('request-invalid', 'the first message must be a hello');
    return protocolMismatch({ host: protocolVersion, ui: this.#peerProtocol });
  }
}

interface Call {
  readonly method: string;
  readonly params: unknown;
  readonly signal: AbortSignal;
}

async function callMethod(api: EngineApi, { method, params, signal }: Call): Promise<unknown> {
  if (!isMethodName(method))
    throw new SluiceError('unsupported', 'this host has no such method', { facts: { method } });
  const parsed = methods[method].params.safeParse(params);
  if (!parsed.success) {
    throw new SluiceError('request-invalid', describeIssues(parsed.error.issues), { facts: { method } });
  }
  return callTyped(api, { method, params: parsed.data, signal });
}

function callTyped<M extends MethodName>(
  calls: Calls,
  { method, params, signal }: { method: M; params: unknown; signal: AbortSignal },
): Promise<unknown> {
  // The schema of this very method has just produced these params.
  return calls[method](params as ParamsIn<M>, signal);
}

function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

interface ParamsIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Where params are wrong and how, never what they held: a value may be a secret. */
function describeIssues(issues: readonly ParamsIssue[]): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'params'}: ${message}`)
    .join('; ');
}
