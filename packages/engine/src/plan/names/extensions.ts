/** Extensions: which are to be believed, and which a media type supplies. */
import { mediaType } from '../response/media-type.ts';
import { splitExtension } from './file-names.ts';

/** The usual extension of types that files are served as. Left out: types that say nothing, and plain text. */
const extensions: ReadonlyMap<string, string> = new Map([
  ['application/epub+zip', '.epub'],
  ['application/gzip', '.gz'],
  ['application/java-archive', '.jar'],
  ['application/json', '.json'],
  ['application/msword', '.doc'],
  ['application/ogg', '.ogg'],
  ['application/pdf', '.pdf'],
  ['application/rtf', '.rtf'],
  ['application/vnd.android.package-archive', '.apk'],
  ['application/vnd.apple.installer+xml', '.pkg'],
  ['application/vnd.debian.binary-package', '.deb'],
  ['application/vnd.ms-cab-compressed', '.cab'],
  ['application/vnd.ms-excel', '.xls'],
  ['application/vnd.ms-powerpoint', '.ppt'],
  ['application/vnd.oasis.opendocument.presentation', '.odp'],
  ['application/vnd.oasis.opendocument.spreadsheet', '.ods'],
  ['application/vnd.oasis.opendocument.text', '.odt'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', '.pptx'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '.xlsx'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.docx'],
  ['application/vnd.rar', '.rar'],
  ['application/vnd.sqlite3', '.sqlite'],
  ['application/wasm', '.wasm'],
  ['application/x-7z-compressed', '.7z'],
  ['application/x-apple-diskimage', '.dmg'],
  ['application/x-bittorrent', '.torrent'],
  ['application/x-bzip2', '.bz2'],
  ['application/x-debian-package', '.deb'],
  ['application/x-gzip', '.gz'],
  ['application/x-iso9660-image', '.iso'],
  ['application/x-msi', '.msi'],
  ['application/x-rar-compressed', '.rar'],
  ['application/x-rpm', '.rpm'],
  ['application/x-tar', '.tar'],
  ['application/x-xz', '.xz'],
  ['application/x-zip-compressed', '.zip'],
  ['application/xhtml+xml', '.xhtml'],
  ['application/xml', '.xml'],
  ['application/zip', '.zip'],
  ['application/zstd', '.zst'],
  ['audio/aac', '.aac'],
  ['audio/flac', '.flac'],
  ['audio/mp4', '.m4a'],
  ['audio/mpeg', '.mp3'],
  ['audio/ogg', '.ogg'],
  ['audio/wav', '.wav'],
  ['audio/webm', '.weba'],
  ['audio/x-wav', '.wav'],
  ['font/otf', '.otf'],
  ['font/ttf', '.ttf'],
  ['font/woff2', '.woff2'],
  ['image/avif', '.avif'],
  ['image/bmp', '.bmp'],
  ['image/gif', '.gif'],
  ['image/heic', '.heic'],
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/svg+xml', '.svg'],
  ['image/tiff', '.tif'],
  ['image/webp', '.webp'],
  ['image/x-icon', '.ico'],
  ['text/calendar', '.ics'],
  ['text/css', '.css'],
  ['text/csv', '.csv'],
  ['text/html', '.html'],
  ['text/javascript', '.js'],
  ['text/markdown', '.md'],
  ['text/xml', '.xml'],
  ['video/mp4', '.mp4'],
  ['video/mpeg', '.mpeg'],
  ['video/ogg', '.ogv'],
  ['video/quicktime', '.mov'],
  ['video/webm', '.webm'],
  ['video/x-matroska', '.mkv'],
  ['video/x-msvideo', '.avi'],
]);

/** Extensions of programs that make an answer and say nothing about what they answer with. */
const script = /^\.(?:php\d?|aspx?|ashx|jspx?|cgi|pl|do|action|cfm)$/i;

/** Null when the type says nothing about the file. */
export function extensionForType(contentType: string | null): string | null {
  const type = mediaType(contentType);
  return type === null ? null : (extensions.get(type) ?? null);
}

/** Whether a name ends in what people would call an extension: `v1.0` and `Mr. Smith` do not. */
export function hasExtension(name: string): boolean {
  const [, extension] = splitExtension(name);
  return /^(?:\.(?:tar|cpio))?\.(?=[a-z0-9]*[a-z])[a-z0-9_+-]{1,12}$/i.test(extension);
}

/** The name without a script's extension; the same name when it has none. */
export function withoutScript(name: string): string {
  const [stem, extension] = splitExtension(name);
  return script.test(extension) ? stem : name;
}
