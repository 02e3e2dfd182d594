/** Shows the state outside the window: tray, task bar, power and notifications, all from one replica of the list. */
import type { EngineApi } from '@sluice/contract';
import { nativeTheme, type BrowserWindow } from 'electron';
import type { Actions } from '../actions.ts';
import { summarise } from '../lifecycle/activity.ts';
import { followList, type Replica } from '../replica.ts';
import { createNotifier, type Notifier } from '../notifications/notifier.ts';
import { watchPower } from '../lifecycle/power.ts';
import { createTaskBar } from './task-bar.ts';
import { throttle } from '../throttle.ts';
import { createTray } from './tray.ts';
import { waitingDownloads } from '../lifecycle/waiting-downloads.ts';

/** A person cannot read faster, and each change is a message to the desktop. */
const refreshMs = 1000;

export interface SystemStatus {
  readonly replica: Replica;
  readonly notifier: Notifier;
  close(): void;
}

interface Options {
  readonly api: EngineApi;
  readonly actions: Actions;
  readonly iconsFolder: string;
  readonly window: () => BrowserWindow | undefined;
  readonly onError: (error: unknown) => void;
}

export function createSystemStatus({ api, actions, iconsFolder, window, onError }: Options): SystemStatus {
  const tray = createTray(iconsFolder, actions);
  const taskBar = createTaskBar(window);
  const power = watchPower({
    onWake: () => {
      const ids = waitingDownloads(replica.downloads.values());
      if (ids.length > 0) api.resume({ ids }).catch(onError);
    },
    onShutdown: () => actions.quit(),
  });
  const notifier = createNotifier({ wanted: () => replica.settings().notify, onClick: () => actions.show() });
  const refresh = throttle(() => {
    const activity = summarise(replica.downloads.values());
    tray.update(activity);
    taskBar.update(activity);
    power.update(activity);
  }, refreshMs);
  const replica = followList(
    api,
    {
      onChange: () => {
        const { theme } = replica.settings();
        if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
        refresh();
      },
      onOutcome: (outcome) => notifier.tell(outcome),
    },
    onError,
  );
  return {
    replica,
    notifier,
    close() {
      refresh.cancel();
      replica.close();
      notifier.close();
      power.close();
      tray.close();
    },
  };
}
