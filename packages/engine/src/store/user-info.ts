/** Keeps user names and passwords out of what lies beside a download. */

/** The same link without user name and password; what is no URL, or has neither, comes back as it is. */
export function withoutUserInfo(link: string): string {
  if (!link.includes('@') || !URL.canParse(link)) return link;
  const url = new URL(link);
  if (url.username === '' && url.password === '') return link;
  url.username = '';
  url.password = '';
  return url.href;
}
