/** Looks at a folder while it is being chosen: how much room it has, and whether it can be written. */
import { useEffect, useState } from 'react';
import { useServices } from '../app/services.ts';
import { thrownText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';

/** Typing goes faster than a look at a slow disk. */
const settleMs = 250;

export interface FolderInfo {
  /** The folder looked at, which for an empty choice is the host's own. */
  readonly folder?: string;
  readonly freeBytes?: number;
  readonly writable?: boolean;
  /** A sentence about why it could not be looked at. */
  readonly problem?: string;
}

/** @param checksWritable with a trial file; where it is false, `writable` stays unknown */
export function useFolderInfo(folder: string, checksWritable = true): FolderInfo {
  const { engine } = useServices();
  const { t } = useTexts();
  const [info, setInfo] = useState<FolderInfo>({});
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      engine.folderInfo({ folder: folder.trim(), checkWritable: checksWritable }, controller.signal).then(
        (found) =>
          setInfo({
            folder: found.folder,
            ...(found.writable === null ? {} : { writable: found.writable }),
            ...(found.freeBytes === null ? {} : { freeBytes: found.freeBytes }),
          }),
        (error: unknown) => {
          if (!controller.signal.aborted) setInfo({ problem: thrownText(t, error).what });
        },
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [engine, folder, checksWritable, t]);
  return info;
}
