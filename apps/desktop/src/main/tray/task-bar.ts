/** Progress and count on the application's icon, where the system has a place for them. */
import { app, type BrowserWindow } from 'electron';
import { progressBarValue, type Activity } from '../lifecycle/activity.ts';

export function createTaskBar(window: () => BrowserWindow | undefined): { update(activity: Activity): void } {
  let badge = 0;
  return {
    update(activity) {
      window()?.setProgressBar(progressBarValue(activity));
      if (activity.running === badge) return;
      badge = activity.running;
      app.setBadgeCount(badge);
    },
  };
}
