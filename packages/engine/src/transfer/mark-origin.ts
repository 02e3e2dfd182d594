/** Notes on a file that has just got its name where it came from. */
import { redactUrl } from '../plan/redact.ts';
import type { RunPorts, RunWish } from './run-context.ts';

export interface MarkedFile {
  readonly fileName: string;
  /** Null when nobody knows any more; then there is nothing to note. */
  readonly finalUrl: string | null;
  /** The page that the link was found on. */
  readonly referer: string | undefined;
}

/** Never fails: not every disk has a place for the mark, and the file is as good without. */
export async function markOrigin(
  { files, log }: Pick<RunPorts, 'files' | 'log'>,
  wish: Pick<RunWish, 'folder' | 'marksOrigin'>,
  { fileName, finalUrl, referer }: MarkedFile,
): Promise<void> {
  if (!wish.marksOrigin || finalUrl === null) return;
  const path = files.join(wish.folder, fileName);
  const referrer = referer === undefined ? null : redactUrl(referer);
  try {
    await files.markOrigin(path, { url: redactUrl(finalUrl), referrer });
  } catch (error) {
    log.info('a file could not be marked with its origin', { path, error: String(error) });
  }
}
