/** Judges how a link is to be asked for before it is stored, so that a slip is told at once and not by a failed run. */
import type { RequestOptions } from '@sluice/contract';
import { SluiceError } from '../errors.ts';
import { checkNewUrl } from './check-new-url.ts';
import { fromBase64 } from './request-body.ts';

/**
 * @returns the options in the form in which they are kept
 * @throws SluiceError `request-invalid` (facts: `name`, the option) for options that contradict each other;
 *   `url-invalid`, `url-unsupported` for a mirror
 */
export function checkRequest(options: RequestOptions = {}): RequestOptions {
  if (options.body !== undefined && options.method !== 'POST') refuse('body', 'a body goes with POST alone');
  if (options.contentType !== undefined && options.method !== 'POST')
    refuse('contentType', 'a content type without a body');
  if (options.bodyEncoding !== undefined && options.body === undefined)
    refuse('bodyEncoding', 'an encoding of no body');
  if (options.bodyEncoding === 'base64' && fromBase64(options.body ?? '') === null) refuse('body', 'no base64');
  if (options.mirrors === undefined) return options;
  if (options.method === 'POST') refuse('mirrors', 'what a form answers has no mirrors');
  return { ...options, mirrors: [...new Set(options.mirrors.map(checkNewUrl))] };
}

function refuse(name: string, detail: string): never {
  throw new SluiceError('request-invalid', detail, { facts: { name } });
}
