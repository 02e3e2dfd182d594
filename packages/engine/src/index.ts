/** What hosts and the library use of the engine. */
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { classify, type FailureClass } from './errors.ts';
export type { Clock } from './ports/clock.ts';
export type { EnginePorts, Platform } from './ports/engine-ports.ts';
export type { FileFacts, Files, OpenFile } from './ports/files.ts';
export type { BodySink, HeaderLines, HttpBody, HttpPort, HttpRequest, HttpResponse, SinkAnswer } from './ports/http.ts';
export { type Log, type LogFields, silentLog } from './ports/log.ts';
export type { Records } from './ports/records.ts';
export { type DownloadRecord, downloadRecordSchema } from './download/record.ts';
export { redactUrl } from './plan/redact.ts';
export { chooseFileName } from './plan/names/choose-file-name.ts';
export { parseContentDisposition } from './plan/names/content-disposition.ts';
export { sanitizeFileName } from './plan/names/sanitize.ts';
export { createNodeFiles } from './adapters/node-files.ts';
export { createSystemClock } from './adapters/system-clock.ts';
export { openRecords } from './adapters/sqlite-records.ts';
export { createMemoryRecords } from './adapters/memory-records.ts';
export { createHttpPort } from './adapters/http/index.ts';
