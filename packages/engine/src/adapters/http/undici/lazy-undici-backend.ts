/** The undici backend, loaded with its first request: most programs end without one, and it is slow to load. */
import type { HttpPort } from '../../../ports/http.ts';
import type { Dialer } from '../dial.ts';

export function createLazyUndiciBackend(dialer: Dialer): HttpPort {
  let loading: Promise<HttpPort> | null = null;
  const load = async (): Promise<HttpPort> => {
    const { createUndiciBackend } = await import('./undici-backend.ts');
    return createUndiciBackend(dialer);
  };
  return {
    async exchange(request, signal) {
      loading ??= load();
      const backend = await loading;
      return backend.exchange(request, signal);
    },
    async close() {
      await (await loading)?.close();
    },
  };
}
