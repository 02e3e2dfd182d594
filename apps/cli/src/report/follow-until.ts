/** Follows the list of an engine until a follower has what it needs, or the user interrupts. */
import { type Delta, type EngineApi, followEngine, type Snapshot } from '@sluice/contract';

export interface Follower {
  onSnapshot(snapshot: Snapshot): void;
  onDelta(delta: Delta): void;
}

export interface FollowEnd {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * @param follow is handed the end, which it may bring about from then on
 * @throws what `End.reject` was given, or what kept the list from being followed
 */
export async function followUntil(
  api: EngineApi,
  interrupted: AbortSignal,
  follow: (end: FollowEnd) => Follower,
): Promise<void> {
  if (interrupted.aborted) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onInterrupt = (): void => resolve();
  interrupted.addEventListener('abort', onInterrupt, { once: true });
  const follower = follow({ resolve, reject });
  const unfollow = followEngine(api, {
    onSnapshot: (snapshot) => follower.onSnapshot(snapshot),
    onDelta: (delta) => follower.onDelta(delta),
    onError: reject,
  });
  try {
    await promise;
  } finally {
    unfollow();
    interrupted.removeEventListener('abort', onInterrupt);
  }
}
