/** What a hostile FTP server has and what it says. */

/** Replies by command, in place of what an honest server says; `SIZE: '500 what?'`. The greeting goes by `GREETING`. */
export type FtpReplies = Readonly<Record<string, string>>;

export interface FtpFile {
  readonly bytes: Uint8Array;
  /** Default: 2020-01-02 03:04:05. */
  readonly modified?: string;
  /** What it does after a number of bytes of an answer; `cut` breaks both connections off, `fail` ends with 426. */
  readonly end?: { readonly afterBytes: number; readonly how: 'cut' | 'fail' | 'stall' };
}
