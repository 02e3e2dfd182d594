/** Judges how a link is to be asked for before it is stored, so that a slip is told at once and not by a failed run. */
import type { RequestOptions } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { checkNewUrl } from './check-new-url.ts';
import { chooseLane, isWebScheme, schemeOf } from './choose-lane.ts';
import { fromBase64 } from './request-body.ts';

/**
 * @param url the link, as `checkNewUrl` gave it
 * @returns the options in the form in which they are kept
 * @throws SluiceError `request-invalid` (facts: `name`, the option; for `backend` also `backend` and the `scheme` it
 *   cannot fetch) for options that contradict each other or the link; `url-invalid`, `url-unsupported` for a mirror
 */
export function checkRequest(url: string, options: RequestOptions = {}): RequestOptions {
  if (options.method === 'POST' && !isWebScheme(schemeOf(url))) refuse('method', 'only a web server takes a form');
  if (options.body !== undefined && options.method !== 'POST') refuse('body', 'a body goes with POST alone');
  if (options.contentType !== undefined && options.method !== 'POST')
    refuse('contentType', 'a content type without a body');
  if (options.bodyEncoding !== undefined && options.body === undefined)
    refuse('bodyEncoding', 'an encoding of no body');
  if (options.bodyEncoding === 'base64' && fromBase64(options.body ?? '') === null) refuse('body', 'no base64');
  checkBackend(url, options);
  if (options.mirrors === undefined) return options;
  if (options.method === 'POST') refuse('mirrors', 'what a form answers has no mirrors');
  const mirrors = [...new Set(options.mirrors.map(checkNewUrl))];
  for (const mirror of mirrors) checkBackend(mirror, options);
  return { ...options, mirrors };
}

function checkBackend(url: string, { backend = 'auto' }: RequestOptions): void {
  if (chooseLane(backend, url) !== null) return;
  const facts = { name: 'backend', backend, scheme: schemeOf(url) };
  throw new SluiceError('request-invalid', `${backend} cannot fetch ${facts.scheme} links`, { facts });
}

function refuse(name: string, detail: string): never {
  throw new SluiceError('request-invalid', detail, { facts: { name } });
}
