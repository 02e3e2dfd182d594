/** What a browser may ask of an engine: everything but putting files outside the folder the server was given. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type Added, type EngineApi, SluiceError, errorToInfo } from '@sluice/contract';

/**
 * The token keeps strangers out; this bounds what a leaked token is worth: files appear below `root`, never in
 * an autostart folder or over a configuration.
 */
export function confineFolders(api: EngineApi, root: string): EngineApi {
  return {
    ...api,
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
        return { kind: 'rejected', url: download.url, error: errorToInfo(outside(download.folder ?? '')) };
      });
      return { results };
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
    async folderInfo({ folder }, signal) {
      if (folder === '' || (await isInside(root, folder))) return api.folderInfo({ folder }, signal);
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
