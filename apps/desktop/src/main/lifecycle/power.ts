/** Keeps the computer awake while bytes flow, and picks up at once when it wakes. */
import { powerMonitor, powerSaveBlocker } from 'electron';
import type { Activity } from './activity.ts';

export interface Power {
  update(activity: Activity): void;
  close(): void;
}

interface Options {
  readonly onWake: () => void;
  /** The system is about to go down and waits for us. */
  readonly onShutdown: () => void;
}

export function watchPower({ onWake, onShutdown }: Options): Power {
  let blocker: number | undefined;

  function release(): void {
    if (blocker !== undefined) powerSaveBlocker.stop(blocker);
    blocker = undefined;
  }

  powerMonitor.on('resume', onWake);
  powerMonitor.on('shutdown', onShutdown);
  return {
    update({ speedBytesPerSecond }) {
      if (speedBytesPerSecond === 0) release();
      else blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    },
    close() {
      release();
      powerMonitor.off('resume', onWake);
      powerMonitor.off('shutdown', onShutdown);
    },
  };
}
