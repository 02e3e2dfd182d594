/** `Notification`: shown to nobody, listed for the test, which may click it. */
import { EventEmitter } from 'node:events';
import type { Notification, NotificationConstructorOptions } from 'electron';
import type { NotificationState } from '../control.ts';
import { createEvent } from './events.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';

const notifications: DoubleNotification[] = [];

export class DoubleNotification
  extends EventEmitter
  implements Pick<Notification, 'show' | 'close' | 'title' | 'body'>
{
  title: string;
  body: string;
  readonly #number = notifications.length + 1;
  #shown = false;

  constructor({ title = '', body = '' }: NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    notifications.push(this);
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.#shown = true;
    this.emit('show', createEvent());
    observedChanged();
  }

  close(): void {
    this.#shown = false;
    this.emit('close', createEvent());
    observedChanged();
  }

  readState(): NotificationState {
    return { id: this.#number, title: this.title, body: this.body, shown: this.#shown };
  }
}

observe('notifications', () => notifications.map((notification) => notification.readState()));
handleCommand('notification.click', ({ id }) => {
  const found = notifications[id - 1];
  if (found === undefined) throw new Error(`no notification ${id}`);
  found.emit('click', createEvent());
});
