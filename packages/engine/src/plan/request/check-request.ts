/** Judges how a link is to be asked for before it is stored, so that a slip is told at once and not by a failed run. */
import type { RequestOptions } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';
import { checkNewUrl } from './check-new-url.ts';
import { chooseBackend, isWebScheme, schemeOf } from '../connections/choose-backend.ts';
import { isSafe } from './next-method.ts';
import { fromBase64 } from './request-body.ts';

/**
 * @param url the link, as `checkNewUrl` gave it
 * @param use `forHeadAlone`: no file is wanted, so HEAD will do
 * @returns the options in the form in which they are kept
 * @throws SluiceError `request-invalid` (facts: `name`, the option; for `backend` also `backend` and the `scheme` it
 *   cannot fetch) for options that contradict each other or the link; `url-invalid`, `url-unsupported` for a mirror
 */
export function checkRequest(
  url: string,
  options: RequestOptions = {},
  use: { readonly forHeadAlone?: boolean } = {},
): RequestOptions {
  const { method = 'GET' } = options;
  if (method !== 'GET' && !isWebScheme(schemeOf(url))) refuse('method', `only a web server is asked with ${method}`);
  if (method === 'HEAD' && use.forHeadAlone !== true) refuse('method', 'HEAD brings no file');
  if (method === 'HEAD' && options.backend === 'curl') refuse('backend', 'HEAD goes by the other backends');
  if (options.body !== undefined && isSafe(method)) refuse('body', `a body does not go with ${method}`);
  if (options.contentType !== undefined && isSafe(method)) refuse('contentType', 'a content type without a body');
  if (options.bodyEncoding !== undefined && options.body === undefined)
    refuse('bodyEncoding', 'an encoding of no body');
  if (options.bodyEncoding === 'base64' && fromBase64(options.body ?? '') === null) refuse('body', 'no base64');
  checkBackend(url, options);
  if (options.mirrors === undefined) return options;
  if (method !== 'GET') refuse('mirrors', `what ${method} is answered with has no mirrors`);
  const mirrors = [...new Set(options.mirrors.map(checkNewUrl))];
  for (const mirror of mirrors) checkBackend(mirror, options);
  return { ...options, mirrors };
}

function checkBackend(url: string, { backend = 'auto' }: RequestOptions): void {
  if (chooseBackend(backend, url) !== null) return;
  const facts = { name: 'backend', backend, scheme: schemeOf(url) };
  throw new SluiceError('request-invalid', `${backend} cannot fetch ${facts.scheme} links`, { facts });
}

function refuse(name: string, detail: string): never {
  throw new SluiceError('request-invalid', detail, { facts: { name } });
}
