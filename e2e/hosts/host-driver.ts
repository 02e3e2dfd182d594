/** What a journey may do to a host, whichever it is: start it, look at its window, kill it, close it. */
import type { Page } from '@playwright/test';
import type { ElectronDriver } from '@sluice/electron-double';

export interface HostDriver {
  readonly kind: 'server' | 'desktop';
  /** Where finished files are to be found. */
  readonly downloadFolder: string;
  /** Starts the host, again after `kill` or `stop` on the same data. @returns its window */
  start(urls?: readonly string[]): Promise<Page>;
  /** Starts the host again and leaves an open window to find it by itself. */
  restart(): Promise<void>;
  /** No goodbye: as a crash or `kill -9` ends it. */
  kill(): Promise<void>;
  /** As a person ends it. @returns its exit code */
  stop(): Promise<number | null>;
  /** Everything the host's process wrote. */
  output(): string;
  /** The desktop around the window: tray, notifications, second launches. Null on the server. */
  readonly desktop: ElectronDriver | null;
  /** Ends everything, files included. */
  dispose(): Promise<void>;
}
