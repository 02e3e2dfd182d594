/** The browser's entry: mounts the window on this page's Channel, or asks who has no key to sign in. */
import { type MountedApp, mountApp } from '@sluice/ui';
import { createConnections } from './connect.ts';
import { readKey } from './key-storage.ts';
import { browserPlatform } from './platform.ts';
import { showSignInPage } from './sign-in-page.ts';
import { takeTicket } from './take-ticket.ts';
import { version } from '../../package.json';

const element = document.getElementById('app');
if (element === null) throw new Error('The page has no place for the window.');
const place = element;
let mounted: MountedApp | null = null;

function enter(ticket: string | null): void {
  if (ticket === null && readKey() === null) return askToSignIn(false);
  const connections = createConnections(ticket, () => askToSignIn(true));
  place.replaceChildren();
  mounted = mountApp({
    element: place,
    engine: connections.connectNow(),
    reconnect: () => connections.connect(),
    platform: browserPlatform(version),
  });
}

function askToSignIn(isRefused: boolean): void {
  mounted?.unmount();
  mounted = null;
  showSignInPage({ element: place, isRefused, onTicket: enter });
}

// A link pasted into the address bar of this very page loads nothing anew.
addEventListener('hashchange', () => {
  const ticket = takeTicket();
  if (ticket !== null && mounted === null) enter(ticket);
});
enter(takeTicket());
