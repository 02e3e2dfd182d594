/** `session.defaultSession`: its permission handlers, applied to the Chromium underneath, and its protocol. */
import { EventEmitter } from 'node:events';
import type { PermissionCheckHandlerHandlerDetails, PermissionRequest, Session, WebContents } from 'electron';
import type { CdpSession } from '../../chromium/cdp-connection.ts';
import { protocol } from './protocol.ts';

type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0];
type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];
type Permission = Parameters<NonNullable<RequestHandler>>[1];

/** A permission by Chromium's name for it and by Electron's. */
const permissions: readonly (readonly [string, Permission])[] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['persistent-storage', 'persistent-storage'],
];

export class DoubleSession
  extends EventEmitter
  implements Pick<Session, 'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'>
{
  readonly protocol: typeof protocol = protocol;
  #check: CheckHandler = null;
  #request: RequestHandler = null;

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  /** Headless Chromium offers no device to choose: there is nothing to ask the handler about. */
  setDevicePermissionHandler(): void {}

  /** As Electron does it: without a handler, everything is granted. */
  async #isGranted(contents: WebContents, permission: Permission, origin: string): Promise<boolean> {
    const details: PermissionCheckHandlerHandlerDetails = {
      isMainFrame: true,
      requestingUrl: `${origin}/`,
      securityOrigin: `${origin}/`,
    };
    if (this.#check !== null && !this.#check(contents, permission, origin, details)) return false;
    const request = this.#request;
    if (request === null) return true;
    const asked: PermissionRequest = { isMainFrame: true, requestingUrl: `${origin}/` };
    return new Promise((resolve) => request(contents, permission, resolve, asked));
  }

  /** Settles every permission for a page beforehand: a page of Chromium's own cannot ask this process. */
  async applyPermissions(
    browser: CdpSession,
    contents: WebContents,
    origins: { page: string; app: string },
  ): Promise<void> {
    for (const [name, permission] of permissions) {
      const setting = (await this.#isGranted(contents, permission, origins.app)) ? 'granted' : 'denied';
      await browser.send('Browser.setPermission', { permission: { name }, setting, origin: origins.page });
    }
  }
}

export const defaultSession = new DoubleSession();
export const session = { defaultSession };
