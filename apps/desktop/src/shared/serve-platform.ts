/** The host's end of the platform services: checks what a window asks, carries it out, answers. */
import { errorToInfo, SluiceError, type Channel } from '@sluice/contract';
import {
  platformMethods,
  toPlatformSchema,
  type FromPlatform,
  type PlatformHandlers,
  type PlatformMethod,
  type PlatformParams,
} from './platform-protocol.ts';

export interface PlatformServer {
  /** Hands links to the window. */
  openUrls(urls: readonly string[]): void;
  close(): void;
}

function isMethod(name: string): name is PlatformMethod {
  return Object.hasOwn(platformMethods, name);
}

async function call(handlers: PlatformHandlers, method: string, params: unknown): Promise<unknown> {
  if (!isMethod(method))
    throw new SluiceError('unsupported', 'there is no such platform service', { facts: { method } });
  const parsed = platformMethods[method].params.safeParse(params);
  if (!parsed.success) throw new SluiceError('request-invalid', 'the params do not parse', { facts: { method } });
  return run(handlers, method, parsed.data);
}

function run<M extends PlatformMethod>(handlers: PlatformHandlers, method: M, params: unknown): Promise<unknown> {
  // The schema of this very method has just produced these params.
  return handlers[method](params as PlatformParams<M>);
}

/**
 * A message that does not parse is dropped: it cannot be answered, and a page of ours never sends one.
 * @param onClose the window went away
 */
export function servePlatform(channel: Channel, handlers: PlatformHandlers, onClose: () => void): PlatformServer {
  const send = (message: FromPlatform): void => channel.send(message);
  channel.start({
    onMessage: (message) => {
      const parsed = toPlatformSchema.safeParse(message);
      if (!parsed.success) return;
      const { id, method, params } = parsed.data;
      call(handlers, method, params).then(
        (result) => send({ kind: 'result', id, result }),
        (error: unknown) => send({ kind: 'failure', id, error: errorToInfo(error) }),
      );
    },
    onClose,
  });
  return {
    openUrls: (urls) => send({ kind: 'open-urls', urls: [...urls] }),
    close: () => channel.close(),
  };
}
