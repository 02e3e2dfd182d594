/** `WebFrameMain`: the main frame of a page, as the sender of a message and as its addressee. */
import { EventEmitter } from 'node:events';
import type { MessagePortMain, WebFrameMain } from 'electron';
import { appOrigin } from './addresses.ts';

/** What a frame needs of the page it belongs to. */
interface FramePage {
  address(): string;
  isGone(): boolean;
  post(channel: string, args: readonly unknown[], transfer: readonly unknown[]): void;
}

type Members =
  | 'detached'
  | 'frameToken'
  | 'frameTreeNodeId'
  | 'isDestroyed'
  | 'name'
  | 'origin'
  | 'postMessage'
  | 'processId'
  | 'routingId'
  | 'send'
  | 'url';

export class DoubleWebFrameMain extends EventEmitter implements Pick<WebFrameMain, Members> {
  readonly detached = false;
  readonly name = '';
  readonly parent = null;
  readonly processId: number;
  readonly routingId = 1;
  readonly frameToken: string;
  readonly frameTreeNodeId: number;
  readonly #page: FramePage;

  constructor(page: FramePage, id: number) {
    super();
    this.#page = page;
    this.processId = id;
    this.frameTreeNodeId = id;
    this.frameToken = `frame-${id}`;
  }

  get url(): string {
    return this.#page.address();
  }

  get origin(): string {
    return appOrigin(this.url);
  }

  get top(): this {
    return this;
  }

  isDestroyed(): boolean {
    return this.#page.isGone();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page.post(channel, args, []);
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#page.post(channel, [message], transfer);
  }
}
