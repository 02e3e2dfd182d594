/** The environment of an application under test: a home of its own, and nothing of the test runner's. */
import { join } from 'node:path';
import type { LaunchOptions } from './driver.ts';

/** What a test runner sets for itself must not reach the application. */
const foreignVariables = /^(?:NODE_OPTIONS|NODE_ENV|NODE_CHANNEL_FD|VITEST.*|TEST|PLAYWRIGHT_.*)$/;

export function homeEnvironment(options: LaunchOptions): Record<string, string> {
  const home = options.homeFolder ?? join(options.userDataFolder, 'home');
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || foreignVariables.test(name) ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    ...options.environment,
  };
}
