/** How long a journal can have become by what it has to say of its file. What is longer was not written by this program. */

/** For a file of any size: links, what responses taught, and extents of connections that broke off all the time. */
const leastBytes = 4 * 1024 * 1024;
/**
 * A journal holds an extent of about 36 bytes for each block of 1 MiB, is rewritten when it is four times as long as
 * that, and is allowed a hundred times as much: enough for a connection that breaks off every 10 KiB.
 */
const fileBytesPerByte = 64;
/** Of whatever size the file: it is read at once, into memory. */
const mostBytes = 512 * 1024 * 1024;

export function longestJournalBytes(fileSizeBytes: number): number {
  return Math.min(mostBytes, leastBytes + Math.ceil(fileSizeBytes / fileBytesPerByte));
}
