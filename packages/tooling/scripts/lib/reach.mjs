/** Finds out, in seconds, whether a server on the network can be reached at all. */
import { connect } from 'node:net';

/**
 * The host to try for an HTTPS address: the proxy's, where one is set, else the address's own.
 *
 * @param {string} address
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ host: string, port: number }}
 */
export function firstHop(address, env) {
  const proxy = [env['npm_config_https_proxy'], env['HTTPS_PROXY'], env['https_proxy'], env['npm_config_proxy']].find(
    (value) => value !== undefined && URL.canParse(value),
  );
  const url = new URL(proxy ?? address);
  const usualPort = url.protocol === 'http:' ? 80 : 443;
  return { host: url.hostname.replace(/^\[|\]$/gu, ''), port: url.port === '' ? usualPort : Number(url.port) };
}

/**
 * True when something accepts a connection there.
 *
 * @param {{ host: string, port: number }} hop
 * @param {number} timeoutMs
 * @returns {Promise<boolean>}
 */
export function canReach({ host, port }, timeoutMs) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, autoSelectFamily: true });
    /** @param {boolean} reached */
    const answer = (reached) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reached);
    };
    // A timer of ours, since the socket's own does not cover the look-up of the name.
    const timer = setTimeout(() => answer(false), timeoutMs);
    socket.on('connect', () => answer(true));
    socket.on('error', () => answer(false));
  });
}
