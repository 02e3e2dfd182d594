/** One download as a command for bash and other POSIX shells. */
import type { NewDownload } from '@sluice/contract';

export function curlCommand({ url, name, headers = {}, request = {} }: NewDownload): string {
  const { referer, userAgent, cookies, username, password, method, body, contentType } = request;
  const words: string[] = ['curl', '-L', '-f', '-g', quote(url)];
  const add = (option: string, value: string | undefined): void => {
    if (value !== undefined) words.push(option, quote(value));
  };
  add('-o', name);
  if (name === undefined) words.push('-O');
  if (method === 'HEAD') words.push('-I');
  else if (method !== undefined && method !== 'GET') add('-X', method);
  for (const [field, value] of Object.entries(headers)) add('-H', `${field}: ${value}`);
  add('-H', contentType === undefined || body === undefined ? undefined : `Content-Type: ${contentType}`);
  add('-b', cookies);
  add('-e', referer);
  add('-A', userAgent);
  add('-u', username === undefined ? undefined : `${username}:${password ?? ''}`);
  add('--data-raw', body);
  return words.join(' ');
}

/** Between single quotes a shell takes everything as it is. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
