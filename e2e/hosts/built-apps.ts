/** Where the built applications are. */
import { join } from 'node:path';

const apps = join(import.meta.dirname, '../../apps');

export const builtApps = {
  server: join(apps, 'server/dist/main.js'),
  serverUi: join(apps, 'server/dist/ui/index.html'),
  desktop: join(apps, 'desktop/out/main/index.js'),
} as const;
