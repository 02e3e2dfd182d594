/** How this program names itself to servers. */

/** Names the program and no more, as RFC 9110 section 10.1.5 asks. */
export const userAgent = 'Sluice/0.1';
