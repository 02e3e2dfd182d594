/** Notes on a file that has just got its name where it came from. */
import type { FileOrigin } from '../../plan/origin-mark.ts';
import { redactUrl } from '../../plan/request/redact.ts';
import type { RunPorts, RunSpec } from '../run/run-context.ts';

/** Where a file came from, secrets and all. */
interface FileSource {
  /** Null when it is unknown; then nothing is recorded. */
  readonly finalUrl: string | null;
  /** The page that the link was found on. */
  readonly referer: string | undefined;
}

export interface MarkedFile extends FileSource {
  readonly fileName: string;
}

/** @returns without secrets; null where the file is to have no mark */
export function originOf(
  { marksOrigin }: Pick<RunSpec, 'marksOrigin'>,
  { finalUrl, referer }: FileSource,
): FileOrigin | null {
  if (!marksOrigin || finalUrl === null) return null;
  return { url: redactUrl(finalUrl), referrer: referer === undefined ? null : redactUrl(referer) };
}

/** Never fails: not every disk has a place for the mark, and the file is as good without. */
export async function markOrigin(
  { files, log }: Pick<RunPorts, 'files' | 'log'>,
  spec: Pick<RunSpec, 'folder' | 'marksOrigin'>,
  { fileName, finalUrl, referer }: MarkedFile,
): Promise<void> {
  const origin = originOf(spec, { finalUrl, referer });
  if (origin === null) return;
  const path = files.join(spec.folder, fileName);
  try {
    await files.markOrigin(path, origin);
  } catch (error) {
    log.info('a file could not be marked with its origin', { path, error: String(error) });
  }
}
