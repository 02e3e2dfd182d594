/** Keeps user names, passwords and signatures out of what lies beside a download and out of the list. */
import { isLikelySecret } from './redact.ts';

/** The same link without user name and password; what is not a URL, or has neither, comes back as it is. */
export function withoutUserInfo(link: string): string {
  if (!link.includes('@') || !URL.canParse(link)) return link;
  const url = new URL(link);
  if (url.username === '' && url.password === '') return link;
  url.username = '';
  url.password = '';
  return url.href;
}

/**
 * Where a link led to, as it may lie on a disk. A redirect often signs its target, under any parameter and sometimes
 * in the path, so the query goes whole. A resume needs none of it: it asks the link again.
 * @param link the download's own, without user name and password: where it answered itself, it is kept as it is
 */
export function storableTarget(finalUrl: string, link: string): string {
  const target = withoutUserInfo(finalUrl);
  if (target === link) return target;
  const url = URL.parse(target);
  if (url === null) return '';
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.split('/').map(withoutSecret).join('/');
  return url.href;
}

/** Segments such as `exp=1700000000~acl=…~hmac=…` open a door as a query does. */
function withoutSecret(segment: string): string {
  return isLikelySecret(segment) || /(?:^|[;~,])[\w-]+=/.test(segment) ? '***' : segment;
}
