/** One download in aria2's input format. */
import type { NewDownload } from '@sluice/contract';

export function aria2Lines({ url, name, checksum, headers = {}, request = {} }: NewDownload): string {
  const { mirrors = [], referer, userAgent, cookies, username, password } = request;
  const options: readonly (readonly [name: string, value: string | undefined])[] = [
    ['out', name],
    ['checksum', checksum],
    ['referer', referer],
    ['user-agent', userAgent],
    ['http-user', username],
    ['http-passwd', password],
    ...Object.entries(headers).map(([field, value]) => ['header', `${field}: ${value}`] as const),
    ['header', cookies === undefined ? undefined : `Cookie: ${cookies}`],
  ];
  const given = options.flatMap(([option, value]) => (value === undefined ? [] : ` ${option}=${oneLine(value)}\n`));
  return `${[url, ...mirrors].map(oneLine).join('\t')}\n${given.join('')}`;
}

/** What follows a line break would be another option, or another download. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t]+/gu, ' ');
}
