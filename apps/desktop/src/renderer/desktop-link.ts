/** The window's connection to main: an engine and the platform services, renewed together when a port breaks. */
import { channelFromMessagePort, connectEngine, SluiceError, type RemoteEngine } from '@sluice/contract';
import type { PlatformServices } from '@sluice/ui';
import { connectPlatform, type PlatformClient } from '../shared/connect-platform.ts';
import { requestPorts, type Ports } from './request-ports.ts';

export interface DesktopLink {
  readonly engine: RemoteEngine;
  readonly platform: PlatformServices;
  /** Asks main for new ports and returns the new engine; the platform services go over the new port from then on. */
  reconnect(): Promise<RemoteEngine>;
}

type UrlsListener = (urls: readonly string[]) => void;

/** @throws SluiceError `timeout` when main does not answer */
export async function openDesktopLink(request: () => Promise<Ports> = requestPorts): Promise<DesktopLink> {
  const listeners = new Set<UrlsListener>();
  const early: (readonly string[])[] = [];
  let client: PlatformClient | undefined;

  function onOpenUrls(urls: readonly string[]): void {
    if (listeners.size === 0) early.push(urls);
    for (const listener of listeners) listener(urls);
  }

  async function connect(): Promise<{ engine: RemoteEngine; handover: Ports['handover'] }> {
    const ports = await request();
    client?.close();
    client = connectPlatform(channelFromMessagePort(ports.platform), onOpenUrls);
    return { engine: connectEngine(channelFromMessagePort(ports.engine)), handover: ports.handover };
  }

  const call: PlatformClient['call'] = (method, params) =>
    client === undefined ? Promise.reject(new SluiceError('disconnected')) : client.call(method, params);

  const { engine, handover } = await connect();
  const platform: PlatformServices = {
    kind: 'desktop',
    os: handover.os,
    version: handover.version,
    secretStorage: handover.secretStorage,
    hasTray: true,
    hasNotifications: true,
    copyText: async (text) => void (await call('copyText', { text })),
    readClipboardText: async () => (await call('readClipboardText', {})).text,
    chooseFolder: async (current) => (await call('chooseFolder', { current })).folder,
    openFile: async (id) => void (await call('openFile', { id })),
    showInFolder: async (id) => void (await call('showInFolder', { id })),
    setTheme: async (theme) => void (await call('setTheme', { theme })),
    onOpenUrls: (listener) => {
      listeners.add(listener);
      for (const urls of early.splice(0)) listener(urls);
      return () => void listeners.delete(listener);
    },
  };
  return { engine, platform, reconnect: async () => (await connect()).engine };
}
