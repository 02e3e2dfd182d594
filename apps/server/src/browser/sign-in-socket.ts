/** A WebSocket that counts as open once the server has taken this browser's key or ticket. */
import {
  type SignIn,
  type SignInAnswer,
  type WebSocketLike,
  signInAnswerSchema,
  signInRefusedCode,
} from '@sluice/contract';

const connecting = 0;

export interface SignInOptions {
  readonly message: Omit<SignIn, 'kind'>;
  readonly onSignedIn: (answer: SignInAnswer & { readonly kind: 'signed-in' }) => void;
  readonly onRefused: () => void;
}

/** @param socket still connecting */
export function signInSocket(socket: WebSocket, { message, onSignedIn, onRefused }: SignInOptions): WebSocketLike {
  const openListeners = new Set<() => void>();
  let isSignedIn = false;
  socket.addEventListener('open', () => {
    socket.send(JSON.stringify({ kind: 'sign-in', ...message } satisfies SignIn));
  });
  socket.addEventListener(
    'message',
    (event) => {
      const answer = readAnswer(event.data);
      // The first message alone: what follows belongs to the Channel, which must not see this one.
      event.stopImmediatePropagation();
      if (answer?.kind !== 'signed-in') return socket.close();
      isSignedIn = true;
      onSignedIn(answer);
      for (const listener of openListeners) listener();
    },
    { once: true },
  );
  socket.addEventListener('close', ({ code }) => {
    if (code === signInRefusedCode) onRefused();
  });
  return {
    get readyState() {
      return socket.readyState === WebSocket.OPEN && !isSignedIn ? connecting : socket.readyState;
    },
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close(code, reason),
    addEventListener(type: string, listener: (event: { readonly data: unknown }) => void) {
      if (type === 'open') openListeners.add(listener as () => void);
      else socket.addEventListener(type, listener as unknown as EventListener);
    },
  };
}

export function readAnswer(data: unknown): SignInAnswer | null {
  try {
    return signInAnswerSchema.safeParse(JSON.parse(String(data))).data ?? null;
  } catch {
    return null;
  }
}
