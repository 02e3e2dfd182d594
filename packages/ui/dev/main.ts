/** Development only: the window on a made-up engine. `?rows=10000`, `?empty`, `?theme=dark`, `?host=browser`. */
import { themeSchema } from '@sluice/contract';
import { mountApp, type PlatformServices } from '../src/index.ts';
import { createFakeEngine } from './fake-engine.ts';
import { fewDownloads, manyDownloads } from './fake-downloads.ts';

const query = new URLSearchParams(location.search);
const rows = Number(query.get('rows') ?? 0);
const downloads = query.has('empty') ? [] : rows > 0 ? manyDownloads(rows, Date.now()) : fewDownloads(Date.now());
const engine = createFakeEngine(downloads, { theme: themeSchema.parse(query.get('theme') ?? 'system') });

const browser: PlatformServices = {
  kind: 'browser',
  os: 'linux',
  version: '0.1.0',
  secretStorage: 'plain',
  copyText: () => Promise.resolve(),
};
const desktop: PlatformServices = {
  ...browser,
  kind: 'desktop',
  hasTray: true,
  hasNotifications: true,
  chooseFolder: (current) => Promise.resolve(`${current}/chosen`),
  openFile: () => Promise.resolve(),
  showInFolder: () => Promise.resolve(),
};

const element = document.getElementById('root');
if (element === null) throw new Error('no #root');
mountApp({ element, engine, platform: query.get('host') === 'browser' ? browser : desktop });
Object.assign(window, { fakeEngine: engine });
