/** Makes the HTTP port: which lane carries a request is decided here and nowhere else. */
import type { HttpPort } from '../../ports/http.ts';
import { createDialer } from './dial.ts';
import type { HttpPortOptions } from './options.ts';
import { createSocketLane } from './socket/socket-lane.ts';
import { createLazyUndiciLane } from './undici/lazy-undici-lane.ts';

export type { HttpPortOptions } from './options.ts';

export function createHttpPort(options: HttpPortOptions = {}): HttpPort {
  const dialer = createDialer(options.certificateAuthorities ?? []);
  const pool = { keepIdleMs: options.keepIdleMs ?? 4000, maxIdlePerHost: options.maxIdlePerHost ?? 16 };
  switch (options.backend ?? 'auto') {
    case 'auto':
    case 'socket':
      return createSocketLane({ dialer, ...pool });
    case 'undici':
      return createLazyUndiciLane(dialer);
  }
}
