/** The window's end of the platform services. */
import { errorFromInfo, SluiceError, type Channel } from '@sluice/contract';
import {
  fromPlatformSchema,
  platformMethods,
  type FromPlatform,
  type PlatformMethod,
  type PlatformParams,
  type PlatformResult,
  type ToPlatform,
} from './platform-protocol.ts';

export interface PlatformClient {
  /** Rejects with `disconnected` when the host goes away, with `internal` when its answer does not parse. */
  call<M extends PlatformMethod>(method: M, params: PlatformParams<M>): Promise<PlatformResult<M>>;
  close(): void;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: SluiceError) => void;
}

/** @param onOpenUrls gets every set of links the host hands over */
export function connectPlatform(channel: Channel, onOpenUrls: (urls: readonly string[]) => void): PlatformClient {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let open = true;

  function end(): void {
    open = false;
    for (const { reject } of pending.values()) reject(new SluiceError('disconnected'));
    pending.clear();
  }

  function receive(message: FromPlatform): void {
    if (message.kind === 'open-urls') {
      onOpenUrls(message.urls);
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'result') call?.resolve(message.result);
    else call?.reject(errorFromInfo(message.error));
  }

  channel.start({
    onMessage: (message) => {
      const parsed = fromPlatformSchema.safeParse(message);
      if (parsed.success) receive(parsed.data);
    },
    onClose: end,
  });

  return {
    async call(method, params) {
      if (!open) throw new SluiceError('disconnected');
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const id = nextId++;
      pending.set(id, { resolve, reject });
      channel.send({ kind: 'call', id, method, params } satisfies ToPlatform);
      const result = platformMethods[method].result.safeParse(await promise);
      if (!result.success) throw new SluiceError('internal', 'the host’s answer does not parse', { facts: { method } });
      // Parsed by the schema of this very method.
      return result.data as PlatformResult<typeof method>;
    },
    close: () => {
      channel.close();
      end();
    },
  };
}
