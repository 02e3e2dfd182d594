/** The window's entry: connects to main and mounts the app. */
import { mountApp } from '@sluice/ui';
import { openDesktopLink } from './desktop-link.ts';

const element = document.querySelector<HTMLElement>('#root');
if (element === null) throw new Error('index.html has no #root');
const link = await openDesktopLink();
mountApp({ element, engine: link.engine, platform: link.platform, reconnect: () => link.reconnect() });
