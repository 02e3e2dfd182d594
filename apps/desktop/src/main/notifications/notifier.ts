/** Announces outcomes to the desktop: several that come together are told together. */
import { Notification } from 'electron';
import { notificationBody, notificationTitle } from './notification-text.ts';
import { announcements, type Outcome } from './outcomes.ts';

/** Outcomes within this time of the first are one announcement. */
const gatherMs = 400;

export interface Notifier {
  tell(outcome: Outcome): void;
  say(title: string, body: string): void;
  close(): void;
}

interface Options {
  /** Whether the person wants to hear of outcomes. */
  readonly wanted: () => boolean;
  readonly onClick: () => void;
}

export function createNotifier({ wanted, onClick }: Options): Notifier {
  let gathered: Outcome[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Electron collects a notification without references, and then its click is lost. */
  const shown = new Set<Notification>();

  function say(title: string, body: string): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({
      title: notificationTitle(title),
      body: notificationBody(body, process.platform),
    });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      onClick();
    });
    notification.on('close', () => shown.delete(notification));
    notification.show();
  }

  function tellGathered(): void {
    timer = undefined;
    const outcomes = gathered;
    gathered = [];
    if (wanted()) for (const { title, body } of announcements(outcomes)) say(title, body);
  }

  return {
    tell(outcome) {
      gathered.push(outcome);
      timer ??= setTimeout(tellGathered, gatherMs);
    },
    say,
    close() {
      clearTimeout(timer);
    },
  };
}
