/** Turns what a failed install said into one sentence with the next step. */

const networkSigns =
  /\b(?:EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL|ERR_PNPM_NO_OFFLINE_(?:META|TARBALL)|ENOTCACHED)\b|error sending request|dns error|network error/u;
const certificateSigns =
  /SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERT_(?:HAS_EXPIRED|UNTRUSTED)|invalid peer certificate/u;
const diskSigns = /\bENOSPC\b|No space left on device/u;
const rightsSigns = /\b(?:EACCES|EPERM)\b|Permission denied/u;
const staleLockfileSigns = /ERR_PNPM_(?:OUTDATED|NO|BROKEN)_LOCKFILE/u;

export const noNetworkMessage =
  'Sluice needs the npm registry once to install what it is built from, and it cannot be reached. Connect to the network (or set HTTPS_PROXY, or `npm config set registry`), then run `npm run setup` again.';

/**
 * @param {string} output Everything the install wrote.
 * @returns {string | null} The sentence; null where the cause is not one we know, and the output itself must be shown.
 */
export function explainInstallFailure(output) {
  if (staleLockfileSigns.test(output)) {
    return 'pnpm-lock.yaml does not fit the package.json files. Run `npx pnpm@12.21.0 install` to bring it up to date, then try again.';
  }
  if (diskSigns.test(output))
    return 'There is not enough room on the disk to install. Free about 1 GB, then run `npm run setup` again.';
  if (certificateSigns.test(output)) {
    return 'The npm registry answered with a certificate that is not trusted here. Behind a filtering proxy, set NODE_EXTRA_CA_CERTS and `npm config set cafile` to its certificate, then run `npm run setup` again.';
  }
  if (networkSigns.test(output)) return noNetworkMessage;
  if (rightsSigns.test(output)) {
    return 'The install may not write where it must. Make sure this folder and your npm cache are yours (no sudo needed), then run `npm run setup` again.';
  }
  return null;
}
