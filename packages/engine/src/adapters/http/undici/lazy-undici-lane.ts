/** The undici lane, loaded with its first request: most programs end without one, and it is slow to load. */
import type { HttpPort } from '../../../ports/http.ts';
import type { Dialer } from '../dial.ts';

export function createLazyUndiciLane(dialer: Dialer): HttpPort {
  let loading: Promise<HttpPort> | null = null;
  const load = async (): Promise<HttpPort> => {
    const { createUndiciLane } = await import('./undici-lane.ts');
    return createUndiciLane(dialer);
  };
  return {
    async exchange(request, signal) {
      loading ??= load();
      const lane = await loading;
      return lane.exchange(request, signal);
    },
    async close() {
      await (await loading)?.close();
    },
  };
}
