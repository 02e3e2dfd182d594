/** What is said of a file that has changed on the server since an earlier call. */

/** Null where the server did not say. */
export interface FileVersion {
  readonly sizeBytes: number | null;
  /** As sent, quotes and `W/` included. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface ChangeNotice {
  /**
   * `new`: the new version is fetched, and what had been fetched of the old one is deleted once it is finished. `back`: the
   * server turned back to the version before, and that one resumes. `beside`: the new version becomes a file of its own.
   */
  readonly kind: 'new' | 'back' | 'beside';
  /** Fetched of the version that was left. */
  readonly keptBytes: number;
  readonly before: FileVersion;
  readonly now: FileVersion;
}
