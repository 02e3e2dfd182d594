/** The isolated world of a page's current document: where its preload script runs, and the messages to and from it. */
import type { CdpSession } from '../../chromium/cdp-connection.ts';
import { decodeClone, encodeClone } from '../../page/clone-codec.ts';
import type { FromPage, ToPage } from '../../page/wire.ts';
import { DoubleMessagePortMain, detachPort } from './message-port-main.ts';
import { PagePorts } from './page-ports.ts';
import { bindingName, buildPreloadScript, entryName, isolatedWorldName } from './preload-script.ts';

export interface WorldMessage {
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly ports: readonly DoubleMessagePortMain[];
}

export type ContextClick = Omit<Extract<FromPage, { kind: 'context-menu' }>, 'kind'>;

interface WorldOwner {
  onMessage(message: WorldMessage): void;
  onInvoke(message: WorldMessage): Promise<unknown>;
  onContextMenu(click: ContextClick): void;
  onPreloadError(message: string): void;
}

export class PageWorld {
  readonly #session: CdpSession;
  readonly #mainFrameId: string;
  readonly #owner: WorldOwner;
  #contextId: number | undefined;
  #ports = new PagePorts((message) => this.#send(message));

  constructor(session: CdpSession, mainFrameId: string, owner: WorldOwner) {
    this.#session = session;
    this.#mainFrameId = mainFrameId;
    this.#owner = owner;
  }

  async start(preloadPath: string | undefined, additionalArguments: readonly string[]): Promise<void> {
    const session = this.#session;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const data = context.auxData as { frameId?: string } | undefined;
      if (context.name === isolatedWorldName && data?.frameId === this.#mainFrameId) this.#contextId = context.id;
    });
    session.on('Runtime.executionContextsCleared', () => this.end());
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName && executionContextId === this.#contextId) this.#onPage(JSON.parse(payload) as FromPage);
    });
    await session.send('Runtime.enable');
    if (preloadPath === undefined) return;
    await session.send('Runtime.addBinding', { name: bindingName, executionContextName: isolatedWorldName });
    const { platform, arch, versions } = process;
    const source = buildPreloadScript(preloadPath, {
      platform,
      arch,
      versions: versions as Record<string, string>,
      argv: [process.argv0, ...additionalArguments],
    });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: isolatedWorldName });
  }

  /** A message to a document that has no preload script, or not yet, is lost, as in Electron. */
  post(channel: string, args: readonly unknown[], transfer: readonly unknown[]): void {
    const encoded = args.map((value) => encodeClone(value));
    const detached = transfer.map(detachPort);
    if (this.#contextId === undefined) {
      for (const { other } of detached) other.disconnected();
      return;
    }
    this.#send({ kind: 'ipc', channel, args: encoded, ports: detached.map((port) => this.#ports.toPage(port)) });
  }

  /** The document is gone. */
  end(): void {
    this.#contextId = undefined;
    const ports = this.#ports;
    this.#ports = new PagePorts((message) => this.#send(message));
    ports.closeAll();
  }

  #send(message: ToPage): void {
    if (this.#contextId === undefined) return;
    const expression = `${entryName}(${JSON.stringify(JSON.stringify(message))})`;
    // The document may go away at any moment; then so may the message.
    void this.#session.send('Runtime.evaluate', { expression, contextId: this.#contextId }).catch(() => undefined);
  }

  #onPage(message: FromPage): void {
    switch (message.kind) {
      case 'ipc': {
        const ports = message.ports.map((name) => DoubleMessagePortMain.fromDetached(this.#ports.fromPage(name)));
        this.#owner.onMessage({ channel: message.channel, args: message.args.map(decodeClone), ports });
        return;
      }
      case 'invoke':
        this.#owner.onInvoke({ channel: message.channel, args: message.args.map(decodeClone), ports: [] }).then(
          (value) => this.#send({ kind: 'invoke-result', id: message.id, value: encodeClone(value) }),
          (error: unknown) => {
            const text = `Error invoking remote method '${message.channel}': ${String(error)}`;
            this.#send({ kind: 'invoke-result', id: message.id, error: text });
          },
        );
        return;
      case 'context-menu': {
        const { kind: _kind, ...click } = message;
        this.#owner.onContextMenu(click);
        return;
      }
      case 'preload-error':
        this.#owner.onPreloadError(message.message);
        return;
      case 'port-message':
      case 'port-close':
        this.#ports.onMessage(message);
    }
  }
}
