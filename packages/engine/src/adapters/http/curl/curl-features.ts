/** Reads what a curl says it can do, and holds it to what a link needs. */
import { SluiceError } from '@sluice/contract';

export interface CurlFeatures {
  readonly version: string;
  /** Schemes, lower-case. */
  readonly protocols: ReadonlySet<string>;
}

/** The first that tells by `--write-out` how each transfer ended (`exitcode`, `errormsg`). */
const oldestVersion = [7, 75] as const;

/** @param text what `curl --version` prints; null for what is nothing of the kind */
export function parseCurlVersion(text: string): CurlFeatures | null {
  const version = /^curl (\d+\.\d+\.\d+)/.exec(text)?.[1];
  const protocols = /^Protocols: (.*)$/m.exec(text)?.[1];
  if (version === undefined || protocols === undefined) return null;
  return { version, protocols: new Set(protocols.trim().toLowerCase().split(/\s+/)) };
}

/**
 * @throws `unsupported`: no curl at all (facts: `missing` is `curl`), one that is too old (`missing` is `curl 7.75`,
 *   with `version`), or one that was built without the scheme (`missing` is the scheme, with `version`)
 */
export function demandScheme(features: CurlFeatures | null, scheme: string): void {
  if (features === null) {
    throw new SluiceError('unsupported', 'curl is not on this system', { facts: { missing: 'curl', scheme } });
  }
  const { version, protocols } = features;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
  const missing = isOld ? `curl ${oldestVersion.join('.')}` : protocols.has(scheme) ? null : scheme;
  if (missing === null) return;
  const facts = { missing, scheme, program: 'curl', version };
  throw new SluiceError('unsupported', `curl ${version} lacks what ${scheme} needs`, { facts });
}
