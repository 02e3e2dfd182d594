/** Builds everything the window is made of, once, outside React, and takes it down again. */
import type { EngineApi } from '@sluice/contract';
import type { i18n as I18n } from 'i18next';
import { createContext, useContext } from 'react';
import { createCommands, type Commands } from '../commands/commands.ts';
import { createEngineLink, type LinkedEngine } from '../replica/engine-link.ts';
import { createReplica, type ReplicaStore } from '../replica/replica.ts';
import type { PlatformServices } from '../platform.ts';
import { createNotices, type Notices } from '../status/notice-store.ts';
import { createTexts } from '../text/i18n.ts';
import { keepView } from '../view/keep-view.ts';
import { createViewStore, type ViewStore } from '../view/view-store.ts';

export interface Services {
  readonly engine: EngineApi;
  readonly platform: PlatformServices;
  readonly replica: ReplicaStore;
  readonly view: ViewStore;
  readonly notices: Notices;
  readonly commands: Commands;
  readonly texts: I18n;
  reconnectNow(): void;
  close(): void;
}

export interface ServicesOptions {
  readonly engine: LinkedEngine;
  readonly reconnect?: () => Promise<LinkedEngine>;
  readonly platform: PlatformServices;
}

export function createServices({ engine, reconnect, platform }: ServicesOptions): Services {
  const texts = createTexts();
  const replica = createReplica();
  const view = createViewStore();
  const stopKeeping = keepView(view, localStorage);
  const stopWatching = replica.store.subscribe(({ connection, queues }) => {
    const { queueId } = view.getState();
    // Removed, here or elsewhere, since the window showed it: a filter by it would hide everything.
    const isGone = queueId !== null && !queues.some(({ id }) => id === queueId);
    if (connection === 'connected' && isGone) view.setState({ queueId: null });
  });
  const notices = createNotices();
  const link = createEngineLink({ engine, reconnect, replica });
  const commands = createCommands({ engine: link.engine, replica, view, platform, notices, t: texts.t });
  window.addEventListener('pagehide', commands.flush);
  return {
    engine: link.engine,
    platform,
    replica: replica.store,
    view,
    notices,
    commands,
    texts,
    reconnectNow: () => link.retryNow(),
    close: () => {
      window.removeEventListener('pagehide', commands.flush);
      commands.flush();
      stopKeeping();
      stopWatching();
      link.close();
    },
  };
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices outside of App');
  return services;
}
