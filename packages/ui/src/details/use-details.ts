/** Asks for a download's details while someone looks at them: often while it runs, else when it changes. */
import type { DownloadDetails, DownloadView } from '@sluice/contract';
import { useEffect, useState } from 'react';
import { useServices } from '../app/services.ts';

const runningIntervalMs = 500;

export function useDetails(download: DownloadView): DownloadDetails | 'asking' | 'failed' {
  const { engine } = useServices();
  const [details, setDetails] = useState<DownloadDetails | 'asking' | 'failed'>('asking');
  const { id, folder, name } = download;
  const { kind } = download.state;
  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      try {
        const found = await engine.details({ id }, controller.signal);
        if (!controller.signal.aborted) setDetails(found);
      } catch {
        // Shown as such; the next look may succeed, and a lost engine has its own banner.
        if (!controller.signal.aborted) setDetails('failed');
      }
      // Asked again only after the answer: a slow host is not flooded.
      if (kind === 'running' && !controller.signal.aborted) timer = setTimeout(() => void ask(), runningIntervalMs);
    }
    void ask();
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [engine, id, kind, folder, name]);
  return details;
}
