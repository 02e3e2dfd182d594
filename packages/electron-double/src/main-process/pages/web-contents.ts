/** `WebContents`: one page and its documents, from the first load to the last reload. */
import { EventEmitter } from 'node:events';
import type { HandlerDetails, MessagePortMain, WebContents, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import { toAppAddress, toPageAddress } from './addresses.ts';
import { browser, openTarget, closeTarget, refuseNextPopup, type Target } from '../browser.ts';
import { createEvent } from '../events.ts';
import { ipcMain } from '../ipc-main.ts';
import { appEvents } from '../lifecycle.ts';
import { PageRequests } from './page-requests.ts';
import { PageWorld, type WorldMessage } from './page-world.ts';
import { defaultSession, type DoubleSession } from './session.ts';
import { followTheme } from '../native-theme.ts';
import { report } from '../report.ts';
import { DoubleWebFrameMain } from './web-frame-main.ts';

type Members =
  | 'getTitle'
  | 'getURL'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isLoading'
  | 'loadURL'
  | 'postMessage'
  | 'reload'
  | 'send'
  | 'setWindowOpenHandler';

/** What the owning window wants to know. */
interface ContentsOwner {
  onGone(): void;
  onTitle(title: string): void;
  onLoaded(): void;
  onCrashed(): void;
  onChange(): void;
}

interface Page extends Target {
  readonly world: PageWorld;
}

type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

let lastId = 0;

export class DoubleWebContents extends EventEmitter implements Pick<WebContents, Members> {
  readonly id: number;
  readonly session: DoubleSession = defaultSession;
  readonly mainFrame: DoubleWebFrameMain;
  readonly #preferences: WebPreferences;
  readonly #owner: ContentsOwner;
  readonly #page: Promise<Page>;
  #opened: Page | undefined;
  #address = '';
  #title = '';
  #loading = false;
  #crashed = false;
  #destroyed = false;
  #openHandler: WindowOpenHandler | undefined;
  #settleLoad: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(preferences: WebPreferences, size: { width: number; height: number }, owner: ContentsOwner) {
    super();
    lastId += 1;
    this.id = lastId;
    this.#preferences = preferences;
    this.#owner = owner;
    this.mainFrame = new DoubleWebFrameMain(
      {
        address: () => this.#address,
        isGone: () => this.#destroyed,
        post: (channel, args, transfer) => this.#post(channel, args, transfer),
      },
      this.id,
    );
    this.#page = this.#open(size);
    this.#page.catch((error: unknown) => report('the page could not be opened', error));
    appEvents.emit('web-contents-created', createEvent(), this);
  }

  getURL(): string {
    return this.#address;
  }

  getTitle(): string {
    return this.#title;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  get targetId(): string {
    return this.#opened?.targetId ?? '';
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post(channel, args, []);
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#post(channel, [message], transfer);
  }

  async loadURL(address: string): Promise<void> {
    const { session } = await this.#page;
    await this.#applyPermissions(address);
    const loaded = new Promise<void>((resolve, reject) => (this.#settleLoad = { resolve, reject }));
    this.#begin();
    const { errorText } = await session.send('Page.navigate', { url: toPageAddress(address) });
    if (errorText !== undefined) this.#fail(errorText, address);
    return loaded;
  }

  reload(): void {
    void this.#page.then(({ session }) => {
      this.#begin();
      return session.send('Page.reload');
    });
  }

  /** Closes the page for good. */
  async destroy(): Promise<void> {
    if (this.#destroyed) return;
    this.#end();
    await this.#page.then(({ targetId }) => closeTarget(targetId)).catch(() => undefined);
  }

  /** The test's way to lose a renderer process. Resolves once the application has been told. */
  async crash(): Promise<void> {
    const { session } = await this.#page;
    const gone = new Promise<void>((resolve) => this.once('render-process-gone', () => resolve()));
    // The answer never comes: whoever should give it is gone.
    void session.send('Page.crash').catch(() => undefined);
    await gone;
  }

  /** Headless Chromium has no other way to be out of sight. */
  async setShown(shown: boolean): Promise<void> {
    const { targetId } = await this.#page;
    const control = await browser();
    const { windowId } = await control.send('Browser.getWindowForTarget', { targetId });
    await control.send('Browser.setWindowBounds', {
      windowId,
      bounds: { windowState: shown ? 'normal' : 'minimized' },
    });
  }

  /** The size is the page's: headless Chromium draws a frame that Electron's windows do not have. */
  async setSize(size: { width: number; height: number }): Promise<void> {
    const { targetId } = await this.#page;
    const control = await browser();
    const { windowId, bounds } = await control.send('Browser.getWindowForTarget', { targetId });
    if (bounds.windowState === 'minimized') return;
    const { cssLayoutViewport: page } = await (await this.#page).session.send('Page.getLayoutMetrics');
    const frame = { width: (bounds.width ?? 0) - page.clientWidth, height: (bounds.height ?? 0) - page.clientHeight };
    const outer = { width: size.width + frame.width, height: size.height + frame.height };
    await control.send('Browser.setWindowBounds', { windowId, bounds: outer });
  }

  #post(channel: string, args: readonly unknown[], transfer: readonly unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this.#opened?.world.post(channel, args, transfer);
  }

  async #open(size: { width: number; height: number }): Promise<Page> {
    const target = await openTarget(size, {
      onGone: () => {
        this.#end();
        this.#owner.onGone();
      },
    });
    const { session, targetId } = target;
    await session.send('Page.enable');
    this.#listen(target);
    const world = new PageWorld(session, targetId, {
      onMessage: (message) => this.#onMessage(message),
      onInvoke: (message) => this.#onInvoke(message),
      onContextMenu: (click) => this.emit('context-menu', createEvent(), { ...click, frame: this.mainFrame }),
      onPreloadError: (message) => {
        report(`the preload script failed: ${message}`);
        this.emit('preload-error', createEvent(), this.#preferences.preload ?? '', new Error(message));
      },
    });
    await world.start(this.#preferences.preload, this.#preferences.additionalArguments ?? []);
    await new PageRequests(session, targetId, { allows: (address) => this.#allowsNavigation(address) }).start();
    await followTheme(session);
    await session.send('Inspector.enable');
    await session.send('Runtime.runIfWaitingForDebugger');
    this.#opened = { ...target, world };
    this.#owner.onChange();
    return this.#opened;
  }

  #listen({ session, targetId }: Target): void {
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== targetId) return;
      this.#address = toAppAddress(frame.url);
      this.#crashed = false;
      this.emit('did-navigate', createEvent(), this.#address, 200, 'OK');
      this.#owner.onChange();
    });
    session.on('Page.domContentEventFired', () => this.emit('dom-ready', createEvent()));
    session.on('Page.loadEventFired', () => this.#finish());
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.#onWindowOpen(toAppAddress(url), windowName, windowFeatures.join(','));
    });
    session.on('Inspector.targetCrashed', () => {
      this.#crashed = true;
      this.#opened?.world.end();
      this.#owner.onCrashed();
      this.emit('render-process-gone', createEvent(), { reason: 'crashed', exitCode: 11 });
      this.#owner.onChange();
    });
  }

  #begin(): void {
    this.#loading = true;
    this.emit('did-start-loading');
  }

  #finish(): void {
    if (this.#address === 'about:blank') return;
    this.#loading = false;
    void this.#readTitle();
    this.emit('did-finish-load');
    this.emit('did-stop-loading');
    this.#settleLoad?.resolve();
    this.#owner.onLoaded();
  }

  async #readTitle(): Promise<void> {
    const answer = await this.#opened?.session
      .send('Runtime.evaluate', { expression: 'document.title' })
      .catch(() => undefined);
    this.#setTitle(String(answer?.result.value ?? ''));
  }

  #setTitle(title: string): void {
    this.#title = title;
    this.#owner.onTitle(title);
  }

  #fail(errorText: string, address: string): void {
    this.#loading = false;
    this.emit('did-fail-load', createEvent(), -2, errorText, address, true, 1, 1);
    this.#settleLoad?.reject(new Error(`${errorText} loading '${address}'`));
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#opened?.world.end();
    this.emit('destroyed');
  }

  async #applyPermissions(address: string): Promise<void> {
    const page = URL.parse(toPageAddress(address));
    if (page?.protocol !== 'https:') return;
    // The handlers see a page as Electron shows it to them.
    const self = this as unknown as WebContents;
    await defaultSession.applyPermissions(await browser(), self, {
      page: page.origin,
      app: toAppAddress(`${page.origin}/`).replace(/\/$/, ''),
    });
  }

  /** `will-navigate` is for what the page or its user began, never for `loadURL` or a reload from outside. */
  #allowsNavigation(address: string): boolean {
    const details = createEvent({ url: address, isSameDocument: false, isMainFrame: true, frame: this.mainFrame });
    this.emit('will-navigate', details, address, false, true, this.id, 1);
    return !details.defaultPrevented;
  }

  /** The double opens no second window for a page: it asks, as Electron would, and the answer has to be no. */
  #onWindowOpen(url: string, frameName: string, features: string): void {
    refuseNextPopup();
    const disposition = features === '' ? 'foreground-tab' : 'new-window';
    const answer = this.#openHandler?.({
      url,
      frameName,
      features,
      disposition,
      referrer: { url: this.#address, policy: 'default' },
    });
    if (answer?.action !== 'deny') report(`a page may not open ${url}: child windows are not played`);
  }

  #event(ports: readonly unknown[]): object {
    const reply = (channel: string, ...args: unknown[]): void => this.#post(channel, args, []);
    const frame = this.mainFrame;
    return createEvent({
      type: 'frame',
      sender: this,
      senderFrame: frame,
      frameId: frame.routingId,
      processId: frame.processId,
      ports,
      reply,
    });
  }

  #onMessage({ channel, args, ports }: WorldMessage): void {
    ipcMain.emit(channel, this.#event(ports), ...args);
  }

  async #onInvoke({ channel, args }: WorldMessage): Promise<unknown> {
    const handler = ipcMain.handlerOf(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(this.#event([]) as Parameters<typeof handler>[0], ...args);
  }
}
