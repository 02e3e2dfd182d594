/** A suffix range asks for the last bytes of a file whose length may be unknown (RFC 9110 section 14.1.2). */

/** @param suffixBytes how many of the last bytes are asked for; null, undefined or 0: none, so it is no suffix range */
export function asksForEnd(suffixBytes: number | null | undefined): suffixBytes is number {
  return suffixBytes !== null && suffixBytes !== undefined && suffixBytes > 0;
}
