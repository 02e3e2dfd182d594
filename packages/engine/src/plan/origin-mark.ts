/** How a system's own programs note on a downloaded file where it came from. */

/** Links without secrets, since every later owner of the file can read them. */
export interface FileOrigin {
  readonly url: string;
  /** The page that the link was found on. */
  readonly referrer: string | null;
}

/** What to put on the file: extended attributes, or one alternate stream. */
export type OriginMark =
  | { readonly kind: 'attributes'; readonly attributes: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'stream'; readonly name: string; readonly text: string };

/**
 * - Linux: `user.xdg.origin.url` and `user.xdg.referrer.url` (freedesktop.org, "CommonExtendedAttributes").
 * - Windows: `Zone.Identifier` with the zone of the internet, so that programs are asked about before they run.
 * - macOS: `com.apple.quarantine`, as a browser sets it on a file that was not opened yet.
 * @param when `wallMs` and a `uuid` of its own, for macOS
 */
export function originMark(
  platform: string,
  origin: FileOrigin,
  when: { readonly wallMs: number; readonly uuid: string },
): OriginMark {
  const url = oneLine(origin.url);
  const referrer = origin.referrer === null ? null : oneLine(origin.referrer);
  switch (platform) {
    case 'win32': {
      const lines = ['[ZoneTransfer]', 'ZoneId=3', ...(referrer === null ? [] : [`ReferrerUrl=${referrer}`])];
      return { kind: 'stream', name: 'Zone.Identifier', text: `${[...lines, `HostUrl=${url}`].join('\r\n')}\r\n` };
    }
    case 'darwin': {
      const seconds = Math.floor(when.wallMs / 1000).toString(16);
      return { kind: 'attributes', attributes: [['com.apple.quarantine', `0081;${seconds};Sluice;${when.uuid}`]] };
    }
    default:
      return {
        kind: 'attributes',
        attributes: [
          ['user.xdg.origin.url', url],
          ...(referrer === null ? [] : [['user.xdg.referrer.url', referrer] as const]),
        ],
      };
  }
}

/** A line break would begin another entry. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '');
}
