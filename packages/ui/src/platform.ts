/** What the window needs from the program around it, beyond the engine; each host implements it. */
import type { BrowserSession, DownloadId, Settings } from '@sluice/contract';

/**
 * Abilities a host may lack are optional members: the UI hides what is absent, so a host never has to
 * pretend. Files are named by download id, never by path, so a compromised page can open nothing else.
 * Methods reject with a `SluiceError`.
 */
export interface PlatformServices {
  readonly kind: 'desktop' | 'browser';
  /** Decides the words for the file manager and the key names in hints. */
  readonly os: 'linux' | 'darwin' | 'win32' | 'unknown';
  /** The product's version, for the settings dialog. */
  readonly version: string;
  /** How the host keeps logins and cookies on its disk. */
  readonly secretStorage: 'encrypted' | 'plain';
  copyText(text: string): Promise<void>;
  /** Absent where reading needs a permission prompt; the Add dialog is then not prefilled. */
  readClipboardText?(): Promise<string>;
  /**
   * The system's folder chooser, opened at `current`.
   * @returns an absolute path, or null when it was dismissed
   */
  chooseFolder?(current: string): Promise<string | null>;
  /** Opens a finished file with the program the system has for it. */
  openFile?(id: DownloadId): Promise<void>;
  showInFolder?(id: DownloadId): Promise<void>;
  /** Lets the window frame and native menus follow the chosen theme. */
  setTheme?(theme: Settings['theme']): Promise<void>;
  /** True when closing the window can leave the downloads running in a tray; shows the setting for it. */
  readonly hasTray?: boolean;
  /** True when the host shows system notifications; shows the setting for them. */
  readonly hasNotifications?: boolean;
  /** Of a host that browsers sign in to: shows them in the settings. */
  readonly sessions?: PlatformSessions;
  /**
   * Links handed over from outside the window: a second launch, a file association, the tray's "Add".
   * No links at all asks for the empty Add dialog. Links that came before the first listener are
   * delivered to it at once.
   * @returns stops listening
   */
  onOpenUrls?(listener: (urls: readonly string[]) => void): () => void;
}

/** The browsers that are signed in, this one among them. Each resolves with those that are left, seen last, first. */
export interface PlatformSessions {
  list(): Promise<readonly BrowserSession[]>;
  /** Signing this one out ends the window. */
  revoke(id: string): Promise<readonly BrowserSession[]>;
  revokeOthers(): Promise<readonly BrowserSession[]>;
}
