/** Runs in a page's isolated world: gives the preload script its `require('electron')` and carries its messages. */
import { decodeClone, encodeClone } from './clone-codec.ts';
import type { FromPage, PreloadOptions, ToPage } from './wire.ts';

type Listener = (event: object, ...args: unknown[]) => void;
type PreloadModule = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void;

/** Everything below belongs to one document; a reload starts anew. */
export function runPreload(options: PreloadOptions, preload: PreloadModule): void {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const carry = world[options.bindingName];
  // Electron runs a preload script in the main frame only, unless it is asked to do otherwise.
  if (window !== window.top || carry === undefined) return;

  const toMain = (message: FromPage): void => carry(JSON.stringify(message));
  const listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>();
  const ports = new Map<string, MessagePort>();
  const handedOver = new Map<string, MessagePort>();
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastPort = 0;
  let lastCall = 0;

  function bridge(name: string, port: MessagePort): void {
    ports.set(name, port);
    port.addEventListener('message', (event) => {
      toMain({ kind: 'port-message', port: name, data: encodeClone(event.data), ports: event.ports.map(adopt) });
    });
    port.addEventListener('close', () => {
      if (ports.delete(name)) toMain({ kind: 'port-close', port: name });
    });
    port.start();
  }

  /** A port of this page becomes the double's: the page end stays here and is bridged. */
  function adopt(port: MessagePort): string {
    lastPort += 1;
    const name = `page-${lastPort}`;
    bridge(name, port);
    return name;
  }

  /** A port of the double's, as this page holds it. Messages for it may arrive before it is handed over. */
  function materialise(name: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    bridge(name, port1);
    handedOver.set(name, port2);
    return port2;
  }

  function receivePorts(names: readonly string[]): MessagePort[] {
    return names.map((name) => {
      const port = handedOver.get(name) ?? materialise(name);
      handedOver.delete(name);
      return port;
    });
  }

  function emit(channel: string, event: object, args: readonly unknown[]): void {
    const current = listeners.get(channel) ?? [];
    listeners.set(
      channel,
      current.filter(({ once }) => !once),
    );
    for (const { listener } of current) listener(event, ...args);
  }

  function onMain(message: ToPage): void {
    switch (message.kind) {
      case 'ipc':
        emit(
          message.channel,
          { ports: receivePorts(message.ports), sender: ipcRenderer },
          message.args.map(decodeClone),
        );
        return;
      case 'port-message': {
        if (!ports.has(message.port)) materialise(message.port);
        ports.get(message.port)?.postMessage(decodeClone(message.data), receivePorts(message.ports));
        return;
      }
      case 'port-close': {
        const port = ports.get(message.port);
        ports.delete(message.port);
        port?.close();
        return;
      }
      case 'invoke-result': {
        const call = calls.get(message.id);
        calls.delete(message.id);
        if (message.error === undefined) call?.resolve(decodeClone(message.value));
        else call?.reject(new Error(message.error));
      }
    }
  }

  function add(channel: string, listener: Listener, once: boolean): typeof ipcRenderer {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  }

  function remove(channel: string, listener: Listener): typeof ipcRenderer {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((known) => known.listener !== listener),
    );
    return ipcRenderer;
  }

  const ipcRenderer = {
    on: (channel: string, listener: Listener): object => add(channel, listener, false),
    addListener: (channel: string, listener: Listener): object => add(channel, listener, false),
    once: (channel: string, listener: Listener): object => add(channel, listener, true),
    off: (channel: string, listener: Listener): object => remove(channel, listener),
    removeListener: (channel: string, listener: Listener): object => remove(channel, listener),
    removeAllListeners: (channel: string): object => {
      listeners.delete(channel);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]): void => {
      toMain({ kind: 'ipc', channel, args: args.map((value) => encodeClone(value)), ports: [] });
    },
    postMessage: (channel: string, message: unknown, transfer: readonly MessagePort[] = []): void => {
      toMain({ kind: 'ipc', channel, args: [encodeClone(message)], ports: transfer.map(adopt) });
    },
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> => {
      lastCall += 1;
      const id = lastCall;
      toMain({ kind: 'invoke', id, channel, args: args.map((value) => encodeClone(value)) });
      return new Promise((resolve, reject) => calls.set(id, { resolve, reject }));
    },
  };

  function onContextMenu(event: MouseEvent): void {
    if (event.defaultPrevented) return;
    const { target } = event;
    const isEditable =
      target instanceof HTMLElement &&
      (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement);
    const { clientX: x, clientY: y } = event;
    toMain({ kind: 'context-menu', x, y, isEditable, selectionText: String(getSelection() ?? '') });
  }

  // Last, behind every listener of the page.
  window.addEventListener('contextmenu', onContextMenu);

  const electron = { ipcRenderer };
  world[options.entryName] = (text) => onMain(JSON.parse(text) as ToPage);

  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    // What a sandboxed preload script cannot reach, it must not find here either.
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  const process = { ...options.process, type: 'renderer', sandboxed: true, contextIsolated: true };
  try {
    preload(require, module, module.exports, process);
  } catch (error) {
    toMain({ kind: 'preload-error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
