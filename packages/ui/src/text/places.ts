/** Short words for where a download comes from and goes to. */

/** The server's name, with the port when it is not the usual one; the whole text when it is no link. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/** The last part of a path, by either system's separators. */
export function lastFolder(folder: string): string {
  return folder.split(/[/\\]/u).findLast((part) => part !== '') ?? folder;
}
