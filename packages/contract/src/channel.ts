/** A two-way message pipe between a UI and a host: ordered, and nothing is delivered before `start`. */
export interface Channel {
  /** Sends one structured-cloneable, JSON-representable message. A no-op once closed. */
  send(message: unknown): void;
  /**
   * Begins delivery. Called once. Messages that arrived earlier are delivered first, in order.
   * `onClose` is called once, when either end closes or the pipe breaks; never after `close()` here returned.
   */
  start(handlers: { onMessage: (message: unknown) => void; onClose: () => void }): void;
  close(): void;
}
