/** Notes on a file that has just got its name where it came from. */
import { redactUrl } from '../plan/redact.ts';
import type { Resource } from '../plan/resource.ts';
import type { RunPorts, RunWish } from './run-context.ts';

/** Never fails: not every disk has a place for the mark, and the file is as good without. */
export async function markOrigin(
  { files, log }: Pick<RunPorts, 'files' | 'log'>,
  wish: RunWish,
  file: { readonly fileName: string; readonly resource: Resource | null },
): Promise<void> {
  if (!wish.marksOrigin || file.resource === null) return;
  const path = files.join(wish.folder, file.fileName);
  const { referer } = wish.request.options;
  const referrer = referer === undefined ? null : redactUrl(referer);
  try {
    await files.markOrigin(path, { url: redactUrl(file.resource.finalUrl), referrer });
  } catch (error) {
    log.info('a file could not be marked with its origin', { path, error: String(error) });
  }
}
