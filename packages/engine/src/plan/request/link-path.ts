/** Says what of a link is its path: servers of files know no queries, and `?` is a char of a name there. */
import { isFileScheme } from '../connections/choose-backend.ts';

/** As the link encodes it. An FTP link, or another to a server of files, has no query (RFC 1738 section 3.2.2). */
export function linkPath(url: URL): string {
  if (!isFileScheme(url.protocol.slice(0, -1))) return url.pathname;
  const [address = ''] = url.href.split('#', 1);
  // Of a query that is empty only the whole link tells.
  const queryAt = address.indexOf('?');
  return queryAt === -1 ? url.pathname : `${url.pathname}%3F${address.slice(queryAt + 1).replaceAll('?', '%3F')}`;
}
