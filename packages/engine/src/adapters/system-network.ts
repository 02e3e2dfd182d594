/** The network as this system's interfaces show it: meets the `Network` port. */
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Network } from '../ports/network.ts';

type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, 'internal'>[] | undefined>>;

/** @param interfaces Node lists those that are up and have a carrier */
export function createSystemNetwork(interfaces: () => Interfaces = networkInterfaces): Network {
  return {
    hasWayOut() {
      try {
        return Object.values(interfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) === true);
      } catch {
        // Some sandboxes allow no look at them.
        return true;
      }
    },
  };
}
