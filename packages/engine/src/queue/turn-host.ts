/** Which hosts have a group of their own in the queues: those whose limits or cooldowns may delay their downloads. */
import { type Entry, hostOf } from './entry.ts';
import type { HostLimits } from '../servers/host-limits.ts';
import type { Hosts } from '../servers/hosts.ts';

/** @returns the download's host, name and port, when it has limits of its own or ever had a cooldown; else empty */
export function turnHost(
  entry: Entry,
  { hosts, hostLimits }: { readonly hosts: Hosts; readonly hostLimits: HostLimits },
): string {
  // Reading a hundred thousand links is worth avoiding where no host is special.
  if (hostLimits.isEmpty && !hosts.anyHadCooldown) return '';
  const host = hostOf(entry);
  return hostLimits.has(host) || hosts.hadCooldown(host) ? host : '';
}
