/** The only file that listens to IPC: hands our own page its two ports, and nothing to anyone else. */
import { channelFromMessagePort, serveEngine, type EngineApi } from '@sluice/contract';
import { app, ipcMain, MessageChannelMain, type BrowserWindow, type WebFrameMain } from 'electron';
import { handoverChannel, handoverKind } from '../../shared/handover.ts';
import type { Handover } from '../../shared/handover-schema.ts';
import type { PlatformHandlers } from '../../shared/platform-protocol.ts';
import { servePlatform, type PlatformServer } from '../../shared/serve-platform.ts';
import { isTrustedSender } from './sender.ts';

interface Connection {
  readonly engine: { close(): void };
  readonly platform: PlatformServer;
}

interface Services extends Pick<Handover, 'secretStorage'> {
  readonly api: EngineApi;
  readonly handlers: PlatformHandlers;
}

export interface WindowConnections {
  /** Links for the window: at once, or as soon as it has connected. None at all asks for the empty dialog. */
  openUrls(urls: readonly string[]): void;
  /** A page that asked before the host was ready is answered now. */
  start(services: Services): void;
  close(): void;
}

interface Options {
  readonly window: () => BrowserWindow | undefined;
  readonly onRefused: (address: string) => void;
}

function currentOs(): Handover['os'] {
  const { platform } = process;
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'unknown';
}

/** There is one window, so there is one connection: a page that asks again has lost the last. */
export function serveWindow({ window, onRefused }: Options): WindowConnections {
  let services: Services | undefined;
  let connection: Connection | undefined;
  let early: WebFrameMain | undefined;
  let waiting: (readonly string[])[] = [];

  function disconnect(): void {
    const ended = connection;
    connection = undefined;
    ended?.engine.close();
    ended?.platform.close();
  }

  function connect(frame: WebFrameMain): void {
    if (services === undefined) {
      early = frame;
      return;
    }
    disconnect();
    const engine = new MessageChannelMain();
    const platform = new MessageChannelMain();
    const made: Connection = {
      engine: serveEngine(channelFromMessagePort(engine.port1), services.api),
      platform: servePlatform(channelFromMessagePort(platform.port1), services.handlers, () => {
        if (connection === made) disconnect();
      }),
    };
    connection = made;
    const { secretStorage } = services;
    const handover: Handover = { kind: handoverKind, os: currentOs(), version: app.getVersion(), secretStorage };
    frame.postMessage(handoverChannel, handover, [engine.port2, platform.port2]);
    for (const urls of waiting) made.platform.openUrls(urls);
    waiting = [];
  }

  ipcMain.on(handoverChannel, (event) => {
    const frame = event.senderFrame;
    if (frame === null || !isTrustedSender(event, window())) onRefused(frame?.url ?? '');
    else connect(frame);
  });

  return {
    openUrls(urls) {
      if (connection === undefined) waiting = [...waiting, urls];
      else connection.platform.openUrls(urls);
    },
    start(provided) {
      services = provided;
      if (early !== undefined && !early.isDestroyed()) connect(early);
      early = undefined;
    },
    close: disconnect,
  };
}
