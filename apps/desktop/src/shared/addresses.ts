/** Where the window's page lives, and how its three processes call each other. */

/** The window is served from this scheme, and nothing else is. */
export const scheme = 'sluice';
export const pageHost = 'app';
export const pageAddress = `${scheme}://${pageHost}/index.html`;

/** True for the documents and files of our own page, and for nothing that only looks like them. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null && url.protocol === `${scheme}:` && url.host === pageHost && url.username === '' && url.password === ''
  );
}
