/** A two-way message pipe between a UI and a host: ordered, and nothing is delivered before `start`. */
export interface Channel {
  /**
   * Sends one structured-cloneable, JSON-representable message. A no-op once closed.
   * Throws `request-invalid` if the pipe cannot carry a message so large.
   */
  send(message: unknown): void;
  /**
   * Begins delivery. Called once. Messages that arrived earlier are delivered first, in order.
   * `onClose` is called once, when the other end closes or the pipe breaks, after everything it had sent.
   * After `close()` here neither handler is called any more.
   */
  start(handlers: { onMessage: (message: unknown) => void; onClose: () => void }): void;
  close(): void;
}
