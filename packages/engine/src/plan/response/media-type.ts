/** Reads the media type out of a Content-Type field. */

/** The media type without its parameters, lower-case; null when there is none. */
export function mediaType(contentType: string | null): string | null {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type === undefined || type === '' ? null : type;
}
