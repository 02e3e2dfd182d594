/** Short messages at the window's edge: what happened, and sometimes a way back. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Notice {
  readonly id: number;
  /** A problem stays until it is dismissed; news go by themselves. */
  readonly tone: 'news' | 'problem';
  readonly text: string;
  readonly action?: NoticeAction;
}

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

export interface Notices {
  readonly store: StoreApi<readonly Notice[]>;
  /** @returns the notice's id */
  show(notice: Omit<Notice, 'id'>, showMs?: number): number;
  dismiss(id: number): void;
}

const newsMs = 6000;
/** More than these would cover the list; the oldest go first. */
const mostShown = 3;

export function createNotices(): Notices {
  const store = createStore<readonly Notice[]>(() => []);
  let nextId = 1;

  function dismiss(id: number): void {
    store.setState((notices) => notices.filter((notice) => notice.id !== id), true);
  }

  function show(notice: Omit<Notice, 'id'>, showMs = newsMs): number {
    const id = nextId;
    nextId += 1;
    store.setState((notices) => [...notices, { ...notice, id }].slice(-mostShown), true);
    if (notice.tone === 'news') setTimeout(() => dismiss(id), showMs);
    return id;
  }

  return { store, show, dismiss };
}
