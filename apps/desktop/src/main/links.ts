/** Links from outside the window: the command line, a second launch, the system. */
import { SluiceError, type EngineApi } from '@sluice/contract';

interface Options {
  readonly api: Pick<EngineApi, 'add'>;
  /** Links that were not taken, for the person to look at. */
  readonly onRejected: (urls: readonly string[]) => void;
  readonly onError: (error: SluiceError) => void;
}

/** A typed link is added at once. A link that cannot be added goes to the Add dialog, which says why. */
export async function addLinks(links: readonly string[], { api, onRejected, onError }: Options): Promise<void> {
  if (links.length === 0) return;
  try {
    const { results } = await api.add({ downloads: links.map((url) => ({ url })) });
    const rejected = links.filter((_url, index) => results[index]?.kind === 'rejected');
    if (rejected.length > 0) onRejected(rejected);
  } catch (error) {
    onError(error instanceof SluiceError ? error : new SluiceError('internal', undefined, { cause: error }));
    onRejected(links);
  }
}
