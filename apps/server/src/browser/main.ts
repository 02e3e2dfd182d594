/** The browser's entry: mounts the window on this page's Channel. */
import { mountApp } from '@sluice/ui';
import { connect, connectNow } from './connect.ts';
import { browserPlatform } from './platform.ts';
import { version } from '../../package.json';

const element = document.getElementById('app');
if (element === null) throw new Error('The page has no place for the window.');
mountApp({ element, engine: connectNow(), reconnect: connect, platform: browserPlatform(version) });
