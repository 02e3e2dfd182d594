/** What desktop, server and command line share: one host, and a web server for its UI. */
export { createKeyCipher, type Log, type SecretCipher, secretKeyBytes } from '@sluice/engine';
export { createHost } from './create-host.ts';
export { type HostFolders, defaultHostFolders } from './folders/default-folders.ts';
export {
  findNetrcLogin,
  findProgram,
  headerProblem,
  makeFolders,
  journalName,
  partialName,
  redactUrl,
  systemRoot,
} from '@sluice/engine';
export type { Host, HostNotice, HostOptions, ListRecovered, RecordsRecovered } from './host.ts';
export { connectToRunningHost } from './local/connect-to-running-host.ts';
export { createLineLog, type LogLevel } from './log/line-log.ts';
export { redact } from './log/redact.ts';
export { clearBeside } from './clear-beside.ts';
export { suggestFileName } from './suggest-file-name.ts';
export { startWebServer, type WebServer, type WebServerOptions } from './web/start-web-server.ts';
export { channelPath } from './web/serve-channels.ts';
export { openWebAccess, type WebAccess } from './web/web-access.ts';
export type { WebSession } from './web/sessions.ts';
