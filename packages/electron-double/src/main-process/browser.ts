/** The one Chromium of this process: started with the first window, its targets handed to whoever opened them. */
import { join } from 'node:path';
import { startChromium, type Chromium } from '../chromium/chromium.ts';
import type { CdpSession } from '../chromium/cdp-connection.ts';
import { doubleEnvironment } from '../control.ts';
import { onBeforeExit } from './lifecycle.ts';
import { observe, observedChanged } from './observed.ts';
import { userDataFolder } from './paths.ts';

export interface Target {
  readonly session: CdpSession;
  readonly targetId: string;
}

interface TargetOwner {
  /** The page is gone, whoever closed it. */
  onGone(): void;
}

const owners = new Map<string, TargetOwner>();
/** Chromium reports a page before `createTarget` returns its id: sessions wait here for it. */
const attached = new Map<string, CdpSession>();
let creations = 0;
let refusedPopups = 0;
let starting: Promise<Chromium> | undefined;
let debuggerUrl = '';

observe('debuggerUrl', () => debuggerUrl);

/**
 * A popup shares the thread of the page that opens it, and that thread waits with it: it must be let go before it is
 * closed, or the opener hangs. What it would load is held back.
 */
async function closePopup(control: CdpSession, popup: CdpSession, targetId: string): Promise<void> {
  await popup.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await popup.send('Runtime.runIfWaitingForDebugger');
  await control.send('Target.closeTarget', { targetId });
}

function listen({ connection }: Chromium): void {
  const control = connection.browser;
  control.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId, openerId } }) => {
    const session = connection.session(sessionId);
    if (creations > 0 && openerId === undefined) {
      attached.set(targetId, session);
    } else if (openerId !== undefined || refusedPopups > 0) {
      refusedPopups = Math.max(0, refusedPopups - 1);
      void closePopup(control, session, targetId).catch(() => undefined);
    } else {
      // A page of the test's own.
      void session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    }
  });
  control.on('Target.targetDestroyed', ({ targetId }) => {
    const owner = owners.get(targetId);
    owners.delete(targetId);
    owner?.onGone();
  });
}

async function start(): Promise<Chromium> {
  const executable = process.env[doubleEnvironment.chromium];
  if (executable === undefined) throw new Error(`${doubleEnvironment.chromium} names no Chromium`);
  const chromium = await startChromium(executable, join(userDataFolder(), 'double-profile'));
  listen(chromium);
  onBeforeExit(() => chromium.close());
  const control = chromium.connection.browser;
  await control.send('Target.setDiscoverTargets', { discover: true });
  // Paused until told to go on: a page must not run a script before it is set up.
  await control.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  });
  debuggerUrl = chromium.debuggerUrl;
  observedChanged();
  return chromium;
}

export function browser(): Promise<CdpSession> {
  starting ??= start();
  return starting.then(({ connection }) => connection.browser);
}

/** The page that is about to open on behalf of another is closed before it runs a script. */
export function refuseNextPopup(): void {
  refusedPopups += 1;
}

/** Opens a page, paused before its first script. */
export async function openTarget(size: { width: number; height: number }, owner: TargetOwner): Promise<Target> {
  const control = await browser();
  creations += 1;
  try {
    const { targetId } = await control.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size });
    const session = attached.get(targetId);
    attached.delete(targetId);
    if (session === undefined) throw new Error('Chromium opened a page without reporting it');
    owners.set(targetId, owner);
    return { session, targetId };
  } finally {
    creations -= 1;
  }
}

export async function closeTarget(targetId: string): Promise<void> {
  owners.delete(targetId);
  await (await browser()).send('Target.closeTarget', { targetId }).catch(() => undefined);
}
