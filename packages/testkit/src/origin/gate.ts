/** A gate the test opens: how a server waits for a test without a sleep. */

export interface Gate {
  /** Lets everything through, now and from now on. */
  open(): void;
  readonly isOpen: boolean;
  readonly opened: Promise<void>;
  /** Settles when something has come to the gate, whether or not it was open. */
  readonly reached: Promise<void>;
  /** What the server calls: marks the gate as reached and waits for it to open. */
  pass(): Promise<void>;
}

export function createGate(): Gate {
  const opening = Promise.withResolvers<void>();
  const reaching = Promise.withResolvers<void>();
  let isOpen = false;
  return {
    open() {
      isOpen = true;
      opening.resolve();
    },
    get isOpen() {
      return isOpen;
    },
    opened: opening.promise,
    reached: reaching.promise,
    pass() {
      reaching.resolve();
      return opening.promise;
    },
  };
}
