/** The ports that live in one document: each has a name on the wire and a counterpart in this process. */
import { decodeClone, encodeClone } from '../../page/clone-codec.ts';
import type { FromPage, ToPage } from '../../page/wire.ts';
import type { DetachedPort, PortEnd, PortMessage } from './message-port-main.ts';

interface PagePort extends PortEnd {
  other: PortEnd | undefined;
}

export class PagePorts {
  readonly #send: (message: ToPage) => void;
  readonly #ports = new Map<string, PagePort>();
  #lastId = 0;

  constructor(send: (message: ToPage) => void) {
    this.#send = send;
  }

  /** Moves a port into the document. @returns its name there */
  toPage({ other, queued }: DetachedPort): string {
    this.#lastId += 1;
    const name = `main-${this.#lastId}`;
    const port = this.#add(name);
    port.other = other;
    other.connect(port);
    for (const message of queued) port.receive(message);
    return name;
  }

  /** Takes over a port that the document transferred under `name`. */
  fromPage(name: string): DetachedPort {
    return { other: this.#add(name), queued: [] };
  }

  onMessage(message: Extract<FromPage, { kind: 'port-message' | 'port-close' }>): void {
    const port = this.#ports.get(message.port);
    if (port === undefined) return;
    if (message.kind === 'port-close') {
      this.#ports.delete(message.port);
      port.other?.disconnected();
      return;
    }
    port.other?.receive({ data: decodeClone(message.data), ports: message.ports.map((name) => this.fromPage(name)) });
  }

  /** The document is gone, and with it every port it held. */
  closeAll(): void {
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) port.other?.disconnected();
  }

  #add(name: string): PagePort {
    const port: PagePort = {
      other: undefined,
      receive: (message: PortMessage) => {
        const ports = message.ports.map((detached) => this.toPage(detached));
        this.#send({ kind: 'port-message', port: name, data: encodeClone(message.data), ports });
      },
      disconnected: () => {
        this.#ports.delete(name);
        this.#send({ kind: 'port-close', port: name });
      },
      connect: (other) => {
        port.other = other;
      },
    };
    this.#ports.set(name, port);
    return port;
  }
}
