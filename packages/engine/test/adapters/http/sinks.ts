/** Sinks that keep what they get, in every rhythm a real one may have. */
import type { BodySink, SinkAnswer } from '../../../src/ports/http.ts';

export interface CollectingSink extends BodySink {
  readonly bytes: () => Buffer;
  readonly advances: () => number;
}

export interface SinkRhythm {
  /** Default 16 KiB. */
  readonly spaceBytes?: number;
  /** Every so many calls of `advance` are answered by a promise. Default: never. */
  readonly pauseEvery?: number;
  /** Takes so many bytes and then has enough. */
  readonly enoughAt?: number;
  /** What a paused `advance` waits for. Default: the next turn of the event loop. */
  readonly pause?: () => Promise<void>;
}

export function collectingSink(rhythm: SinkRhythm = {}): CollectingSink {
  const parts: Buffer[] = [];
  let advances = 0;
  let receivedBytes = 0;
  let space = new Uint8Array(0);
  let isBusy = false;
  const pause = rhythm.pause ?? (() => new Promise<void>((resolve) => setImmediate(resolve)));
  const answer = (): SinkAnswer => (receivedBytes >= (rhythm.enoughAt ?? Infinity) ? 'enough' : 'more');
  return {
    bytes: () => Buffer.concat(parts),
    advances: () => advances,
    space() {
      if (isBusy) throw new Error('asked for space while the sink was busy');
      space = new Uint8Array(rhythm.spaceBytes ?? 16 * 1024);
      return space;
    },
    advance(lengthBytes) {
      if (isBusy) throw new Error('given bytes while the sink was busy');
      if (lengthBytes < 1 || lengthBytes > space.length) throw new Error(`advanced by ${lengthBytes}`);
      parts.push(Buffer.from(space.subarray(0, lengthBytes)));
      receivedBytes += lengthBytes;
      advances += 1;
      if (rhythm.pauseEvery === undefined || advances % rhythm.pauseEvery !== 0) return answer();
      isBusy = true;
      return pause().then(() => {
        isBusy = false;
        return answer();
      });
    },
  };
}
