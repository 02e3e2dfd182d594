/** Runs one host with its web server until it is asked to stop. */
import { type EngineApi, type NewDownload, SluiceError } from '@sluice/contract';
import {
  type Host,
  type WebServer,
  connectToRunningHost,
  createHost,
  defaultHostFolders,
  startWebServer,
} from '@sluice/host';
import type { ServeOptions } from './arguments.ts';
import { prepareDownloadFolder } from './download-folder.ts';
import { noticeSentence, rejectedSentence } from './sentences.ts';

/** The same at every start, so that links and bookmarks stay good. */
const usualPort = 7411;

export interface ServerContext {
  readonly version: string;
  readonly uiFolder: string;
  /** Lines for people. */
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  /** Opens a file in a browser. False: there is none to open. */
  readonly openBrowser: (file: string) => boolean;
  /** Settles when the server should stop. */
  readonly stopped: Promise<unknown>;
}

/** @returns once everything is closed, or at once when a running host took the links. @throws why it could not start */
export async function runServer(options: ServeOptions, context: ServerContext): Promise<void> {
  const folders = defaultHostFolders();
  const downloadFolder = options.downloadFolder ?? folders.downloadFolder;
  await prepareDownloadFolder(downloadFolder);
  await using cleanUp = new AsyncDisposableStack();
  const dataFolder = options.dataFolder ?? folders.dataFolder;
  let host: Host;
  try {
    host = await createHost({ dataFolder, downloadFolder, version: context.version });
  } catch (error) {
    if (await handOver(error, { dataFolder, options, context })) return;
    throw error;
  }
  cleanUp.defer(() => host.close());
  for (const notice of host.notices) context.warn(noticeSentence(notice));
  const server = await startServer(host, options, context);
  cleanUp.defer(() => server.close());
  context.say(`Sluice is at ${options.openBrowser ? server.url : await server.newLink()}`);
  await addUrls(
    host.api,
    options.urls.map((url) => ({ url })),
    context,
  );
  if (options.openBrowser) void showWindow(server, context);
  else context.say('That link signs in one browser, once, within 15 minutes. For another: sluice-server --link');
  await context.stopped;
}

/** A browser may be kept from reading the file that leads it here, and nothing but its silence tells. */
async function showWindow(server: WebServer, { openBrowser, say }: ServerContext): Promise<void> {
  if (await server.openPage(openBrowser).catch(() => false)) return;
  say('No browser has come. This link signs one in, once, within 15 minutes:');
  say(await server.newLink());
}

/** Only the usual port may be traded for another: one that was asked for is meant. */
async function startServer(host: Host, options: ServeOptions, context: ServerContext): Promise<WebServer> {
  const { address, allowRemote } = options;
  const common = { host, uiFolder: context.uiFolder, address, allowRemote };
  try {
    return await startWebServer({ ...common, port: options.port ?? usualPort });
  } catch (error) {
    if (options.port !== null || !(error instanceof SluiceError) || error.code !== 'port-in-use') throw error;
    return startWebServer({ ...common, port: 0 });
  }
}

interface HandOver {
  readonly dataFolder: string;
  readonly options: ServeOptions;
  readonly context: ServerContext;
}

/** Links for a folder whose host runs already are that host's. @returns whether it took them */
async function handOver(error: unknown, { dataFolder, options, context }: HandOver): Promise<boolean> {
  const isBusy = error instanceof SluiceError && error.code === 'host-busy';
  if (!isBusy || options.urls.length === 0) return false;
  const running = await connectToRunningHost(dataFolder);
  if (running === null) return false;
  const folder = options.downloadFolder === null ? {} : { folder: options.downloadFolder };
  try {
    await addUrls(
      running,
      options.urls.map((url) => ({ url, ...folder })),
      context,
    );
  } finally {
    running.close();
  }
  context.say('Handed to the Sluice that is already running.');
  return true;
}

/** A bad link is told and does not stop the others. */
async function addUrls(api: EngineApi, downloads: NewDownload[], { warn }: ServerContext): Promise<void> {
  if (downloads.length === 0) return;
  const { results } = await api.add({ downloads });
  for (const result of results) {
    if (result.kind === 'rejected') warn(rejectedSentence(result.url, result.error));
  }
}
