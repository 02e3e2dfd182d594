/** What a journey may do to a running desktop application, on the double and on Electron itself. */
import type { Page } from 'playwright-core';
import type { DialogAnswer, ObservedState, RectangleState } from '../control.ts';

export interface LaunchOptions {
  /** The built main script, or the folder of a packaged application. */
  readonly main: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the application keeps its state; two launches with the same folder are the same installation. */
  readonly userDataFolder: string;
  /** Stands in for the user's home; what they download goes to its `Downloads`. Default: `home` in `userDataFolder`. */
  readonly homeFolder?: string;
  /** Run as an installed application rather than from its source tree. */
  readonly packaged?: boolean;
  /** Whether the desktop shows tray icons. Default: yes. The double only. */
  readonly trayHost?: boolean;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Everything the process wrote. */
  readonly output: string;
}

export interface ElectronDriver {
  readonly kind: 'double' | 'electron';
  readonly pid: number;
  /** What the main process wrote so far, to both streams. */
  output(): string;
  readonly exited: Promise<Exit>;

  state(): Promise<ObservedState>;
  /**
   * Waits until the observable state satisfies `predicate`.
   * @param condition in words, for the error when it does not come true
   * @throws Error after 30 s, or when the process ends first, with the last state and the process's output
   */
  waitFor(condition: string, predicate: (state: ObservedState) => boolean): Promise<ObservedState>;

  /** The first window's page, once its document has loaded. A new object after a crash, the same one otherwise. */
  page(): Promise<Page>;

  readonly window: {
    /** The cross in the title bar. */
    close(): Promise<void>;
    minimize(): Promise<void>;
    restore(): Promise<void>;
    move(bounds: RectangleState): Promise<void>;
    /** The renderer process dies. */
    crash(): Promise<void>;
  };
  readonly tray: {
    click(): Promise<void>;
    choose(label: string): Promise<void>;
  };
  readonly menu: {
    /** Labels from the menu bar down. */
    choose(...path: readonly string[]): Promise<void>;
    /** From the menu that a right click popped up. */
    choosePopup(label: string): Promise<void>;
  };
  readonly dialogs: {
    /** Answers the dialog that is open, or the next one. */
    answer(answer: DialogAnswer): Promise<void>;
  };
  readonly notifications: {
    click(id: number): Promise<void>;
  };
  readonly clipboard: {
    write(text: string): Promise<void>;
  };
  readonly power: {
    emit(event: 'suspend' | 'resume' | 'shutdown'): Promise<void>;
  };
  readonly theme: {
    setSystemDark(dark: boolean): Promise<void>;
  };
  /** macOS hands a link to the running application. */
  openUrl(url: string): Promise<void>;
  /** Starts the application again on the same state, with these arguments, and waits until that process ends. */
  secondInstance(args: readonly string[]): Promise<Exit>;
  /** As from the dock or the session manager. */
  quit(): Promise<Exit>;
  /** Ends the process without asking it. */
  kill(signal?: NodeJS.Signals): Promise<Exit>;
}
