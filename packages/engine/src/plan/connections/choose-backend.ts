/** Decides which way to the bytes carries a link, and whether the way that was asked for can. */
import type { Backend } from '@sluice/contract';

/** A way to the bytes that is there: what `auto` comes down to. */
export type ChosenBackend = Exclude<Backend, 'auto'>;

const webSchemes: ReadonlySet<string> = new Set(['http', 'https']);

/** What curl alone speaks: files on a server, without a head that tells of them. */
const fileSchemes: ReadonlySet<string> = new Set(['ftp', 'ftps', 'sftp', 'scp']);

/** Without its colon; empty for what is no absolute link. */
export function schemeOf(url: string): string {
  return URL.parse(url)?.protocol.slice(0, -1) ?? '';
}

/** Whether the link leads to an HTTP server, as against one that merely hands out files. */
export function isWebScheme(scheme: string): boolean {
  return webSchemes.has(scheme);
}

export function isFileScheme(scheme: string): boolean {
  return fileSchemes.has(scheme);
}

/** @returns null when that backend, or none, can fetch such a link */
export function chooseBackend(backend: Backend, url: string): ChosenBackend | null {
  const scheme = schemeOf(url);
  if (isFileScheme(scheme)) return backend === 'auto' || backend === 'curl' ? 'curl' : null;
  if (!isWebScheme(scheme)) return null;
  return backend === 'auto' ? 'socket' : backend;
}
