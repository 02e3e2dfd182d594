/** Development only: the window on a made-up engine. `?rows=10000`, `?empty`, `?theme=dark`, `?host=browser`, `?rtl`, `?language=de`. */
import { type BrowserSession, languageSchema, themeSchema } from '@sluice/contract';
import { mountApp, type PlatformServices } from '../src/index.ts';
import { createFakeEngine } from './fake-engine.ts';
import { fewDownloads, manyDownloads } from './fake-downloads.ts';

const query = new URLSearchParams(location.search);
const rows = Number(query.get('rows') ?? 0);
const downloads = query.has('empty') ? [] : rows > 0 ? manyDownloads(rows, Date.now()) : fewDownloads(Date.now());
const engine = createFakeEngine(downloads, {
  theme: themeSchema.parse(query.get('theme') ?? 'system'),
  language: languageSchema.parse(query.get('language') ?? 'system'),
});

const dayMs = 24 * 3600 * 1000;
let browsers: readonly BrowserSession[] = [
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '127.0.0.1', 0],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', '192.168.178.31', 1.2],
  ['my-own-browser-with-a-very-long-name/'.repeat(8), 'fe80:0000:0000:0000:0202:b3ff:fe1e:8329', 40],
].map(([browser, address, days], index) => ({
  id: `session-${String(index)}`,
  browser: String(browser),
  address: String(address),
  seenAtMs: Date.now() - Number(days) * dayMs,
  createdAtMs: Date.now() - (Number(days) + 3) * dayMs,
  isThis: index === 0,
}));

const browser: PlatformServices = {
  kind: 'browser',
  os: 'linux',
  version: '0.1.0',
  secretStorage: 'plain',
  copyText: () => Promise.resolve(),
  sessions: {
    list: () => Promise.resolve(browsers),
    revoke: (id) => Promise.resolve((browsers = browsers.filter((one) => one.id !== id))),
    revokeOthers: () => Promise.resolve((browsers = browsers.filter(({ isThis }) => isThis))),
  },
};
const { sessions: _ofBrowsers, ...withoutSessions } = browser;
const desktop: PlatformServices = {
  ...withoutSessions,
  kind: 'desktop',
  hasTray: true,
  hasNotifications: true,
  chooseFolder: (current) => Promise.resolve(`${current}/chosen`),
  openFile: () => Promise.resolve(),
  showInFolder: () => Promise.resolve(),
};

const element = document.getElementById('root');
if (element === null) throw new Error('no #root');
if (query.has('rtl')) turnRound();
mountApp({ element, engine, platform: query.get('host') === 'browser' ? browser : desktop });
Object.assign(window, { fakeEngine: engine });

/** English texts from the right: the window sets the direction of its language, and this sets it back. */
function turnRound(): void {
  const root = document.documentElement;
  const observer = new MutationObserver(() => {
    if (root.dir !== 'rtl') root.dir = 'rtl';
  });
  observer.observe(root, { attributeFilter: ['dir'] });
  root.dir = 'rtl';
}
