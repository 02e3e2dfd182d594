/** Speaks the Chrome DevTools Protocol over a pair of pipes: commands with answers, events by session. */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;
export type CdpCommandName = keyof Commands;
export type EventName = keyof Events;
export type Payload<E extends EventName> = Events[E] extends [infer P] ? P : undefined;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One conversation with one target, or with the browser as a whole. */
export class CdpSession {
  readonly id: string | undefined;
  readonly #connection: CdpConnection;
  readonly #events = new EventEmitter();

  constructor(connection: CdpConnection, id: string | undefined) {
    this.#connection = connection;
    this.id = id;
  }

  send<C extends CdpCommandName>(method: C, ...params: Commands[C]['paramsType']): Promise<Commands[C]['returnType']> {
    return this.#connection.send(method, params[0], this.id) as Promise<Commands[C]['returnType']>;
  }

  on<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): void {
    this.#events.on(event, listener);
  }

  /** Called by the connection alone. */
  deliver(event: string, payload: unknown): void {
    this.#events.emit(event, payload);
  }
}

export class CdpConnection {
  readonly browser: CdpSession = new CdpSession(this, undefined);
  /** Resolves when Chromium is gone or has hung up. */
  readonly closed: Promise<void>;
  readonly #output: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #sessions = new Map<string, CdpSession>();
  #lastId = 0;
  #unread: Buffer[] = [];
  #open = true;

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    this.closed = new Promise((resolve) => {
      const close = (): void => {
        this.#close();
        resolve();
      };
      input.once('close', close);
      input.once('error', close);
      output.once('error', close);
    });
  }

  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const session = new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (!this.#open) return Promise.reject(new Error(`${method}: Chromium is gone`));
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
    });
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answer;
  }

  /** Messages are JSON texts that end in NUL. */
  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = Buffer.concat([...this.#unread, rest.subarray(0, end)]).toString('utf8');
      this.#unread = [];
      rest = rest.subarray(end + 1);
      this.#dispatch(JSON.parse(text) as Message);
    }
    if (rest.length > 0) this.#unread.push(rest);
  }

  #dispatch(message: Message): void {
    if (message.id === undefined) {
      const session = message.sessionId === undefined ? this.browser : this.session(message.sessionId);
      session.deliver(message.method ?? '', message.params);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error === undefined) pending?.resolve(message.result);
    else pending?.reject(new Error(message.error.message));
  }

  #close(): void {
    this.#open = false;
    for (const pending of this.#pending.values()) pending.reject(new Error('Chromium is gone'));
    this.#pending.clear();
  }
}
