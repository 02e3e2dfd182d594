/** What a browser may ask of an engine: everything but putting files outside the folder the server was given. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type Added, type Calls, type EngineApi, SluiceError, errorToInfo } from '@sluice/contract';
import { redactUrl } from '@sluice/engine';

/** Commands that name no folder. A new one is judged here before a browser gets it: the compiler asks. */
type Unconfined = Exclude<keyof Calls, 'add' | 'preview' | 'adopt' | 'exportList' | 'writeSettings' | 'folderInfo'>;

/**
 * The key keeps strangers out; this bounds what a leaked key is worth: files appear below `root`, never in
 * an autostart folder or over a configuration, and no question is answered about what lies elsewhere.
 */
export function confineFolders(api: EngineApi, root: string): EngineApi {
  const unconfined: Pick<EngineApi, Unconfined> = {
    pause: api.pause,
    resume: api.resume,
    cancel: api.cancel,
    remove: api.remove,
    retry: api.retry,
    changeRequest: api.changeRequest,
    resolveChanged: api.resolveChanged,
    pauseAll: api.pauseAll,
    resumeAll: api.resumeAll,
    reorder: api.reorder,
    setLimits: api.setLimits,
    setQueue: api.setQueue,
    setPriority: api.setPriority,
    saveQueue: api.saveQueue,
    removeQueue: api.removeQueue,
    details: api.details,
    readSettings: api.readSettings,
    snapshot: api.snapshot,
  };
  return {
    ...unconfined,
    subscribe: (listener) => api.subscribe(listener),
    async add(params, signal) {
      const allowed = await Promise.all(
        params.downloads.map(async ({ folder }) => folder === undefined || isInside(root, folder)),
      );
      const downloads = params.downloads.filter((_download, index) => allowed[index]);
      const passed = downloads.length === 0 ? [] : (await api.add({ ...params, downloads }, signal)).results;
      let next = 0;
      const results = params.downloads.map((download, index): Added['results'][number] => {
        const result = allowed[index] === true ? passed[next++] : undefined;
        if (result !== undefined) return result;
        return { kind: 'rejected', url: redactUrl(download.url), error: errorToInfo(outside(download.folder ?? '')) };
      });
      return { results };
    },
    // A key that leaked is not worth the logins of the list.
    exportList: (params, signal) => api.exportList({ ...params, withSecrets: false }, signal),
    async preview(params, signal) {
      const { folder } = params.download;
      if (folder !== undefined && !(await isInside(root, folder))) throw outside(folder);
      return api.preview(params, signal);
    },
    async adopt(params, signal) {
      if (!(await isInside(root, params.folder))) throw outside(params.folder);
      return api.adopt(params, signal);
    },
    async writeSettings(patch, signal) {
      const folder = patch.downloadFolder ?? '';
      if (folder !== '' && !(await isInside(root, folder))) throw outside(folder);
      return api.writeSettings(patch, signal);
    },
    async folderInfo(params, signal) {
      const { folder } = params;
      if (folder === '' || (await isInside(root, folder))) return api.folderInfo(params, signal);
      return { folder, freeBytes: null, writable: false };
    },
  };
}
function outside(folder: string): SluiceError {
  return new SluiceError('file-access-denied', 'outside the folder this server may write to', {
    facts: { path: folder },
  });
}

/** Whether `folder` is `root` or below it, links resolved as far as the path exists. */
export async function isInside(root: string, folder: string): Promise<boolean> {
  if (!isAbsolute(folder)) return false;
  const path = relative(await resolveLinks(resolve(root)), await resolveLinks(resolve(folder)));
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(await resolveLinks(parent), relative(parent, path));
  }
}
