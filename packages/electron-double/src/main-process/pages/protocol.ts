/** `protocol`: custom schemes and the handlers that answer for them. */
import type { CustomScheme, Protocol } from 'electron';
import { addStandardScheme, isStandardScheme } from './addresses.ts';
import { isReady } from '../lifecycle.ts';

type Handler = Parameters<Protocol['handle']>[1];

const handlers = new Map<string, Handler>();
let registered = false;

export function handlerFor(address: string): Handler | undefined {
  return handlers.get(URL.parse(address)?.protocol.slice(0, -1) ?? '');
}

export const protocol = {
  registerSchemesAsPrivileged(customSchemes: CustomScheme[]): void {
    if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged may be called once');
    registered = true;
    for (const { scheme, privileges } of customSchemes) {
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error(`the double maps standard, secure schemes only: ${scheme}`);
      }
      addStandardScheme(scheme);
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!isReady()) throw new Error('protocol.handle may be called once the app is ready');
    if (handlers.has(scheme)) throw new Error(`The scheme has been intercepted: ${scheme}`);
    if (!isStandardScheme(scheme)) throw new Error(`the double maps schemes registered as privileged only: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    handlers.delete(scheme);
  },
  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;
