/** How much of an unwanted body is read to save its connection. */
import type { BodySink } from '../../ports/http.ts';

export const drainLimitBytes = 64 * 1024;
export const drainLimitMs = 1000;

export function discardingSink(): BodySink {
  const space = new Uint8Array(16 * 1024);
  let receivedBytes = 0;
  return {
    space: () => space,
    advance(lengthBytes) {
      receivedBytes += lengthBytes;
      return receivedBytes > drainLimitBytes ? 'enough' : 'more';
    },
  };
}
