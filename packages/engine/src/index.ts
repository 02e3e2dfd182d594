/** What hosts and the library use of the engine. */
export { createEngine, type Engine, type EngineOptions } from './engine.ts';
export { classify } from './errors.ts';
export { Direct, type DirectOptions, type DirectPorts } from './direct/direct.ts';
export type { Sequence } from './direct/open-sequence.ts';
export type { Revalidated, Validators } from './direct/revalidate.ts';
export type {
  DirectProgress,
  DownloadSpec,
  FetchedFile,
  FileSpec,
  Retry,
  SequenceHead,
  SequenceSpec,
  WantedRange,
} from './direct/spec.ts';
export { PauseGate } from './transfer/connections/pause-gate.ts';
export type { OutgoingRequest, Redirected, RequestHooks } from './transfer/request/request-hooks.ts';
export { SharedCookies } from './transfer/request/shared-cookies.ts';
export type { Clock, LocalTime } from './ports/clock.ts';
export type { Platform } from './plan/names/sanitize.ts';
export type { EnginePorts } from './ports/engine-ports.ts';
export type { FileFacts, Files, OpenFile } from './ports/files.ts';
export type { Liveness, ProcessRecord } from './plan/process/process-record.ts';
export type {
  BodySink,
  BodySource,
  HeaderLines,
  HttpBody,
  HttpPort,
  HttpRequest,
  HttpResponse,
  SinkAnswer,
} from './ports/http.ts';
export { type Log, type LogFields, silentLog } from './ports/log.ts';
export type { Records } from './ports/records.ts';
export type { SecretCipher } from './ports/secret-cipher.ts';
export { type DownloadRecord, downloadRecordSchema } from './download/record.ts';
export { type ProxySettings, proxySettingsFrom } from './plan/request/choose-proxy.ts';
export { findNetrcLogin, type NetrcLogin } from './plan/request/netrc.ts';
export { headerProblem } from './plan/request/check-headers.ts';
export { checkNewUrl } from './plan/request/check-new-url.ts';
export { checkRequest } from './plan/request/check-request.ts';
export { headersByName } from './plan/response/headers.ts';
export { isUserField } from './plan/request/request-headers.ts';
export type { RetryPolicy } from './plan/connections/retry.ts';
export { remainingMs } from './plan/connections/speed.ts';
export { isIdempotent, isSafe } from './plan/request/next-method.ts';
export { parseChecksum } from '@sluice/contract';
export { findMistypedLogin, withoutLogin } from './plan/request/mistyped-login.ts';
export { redactUrl } from './plan/request/redact.ts';
export { chooseFileName } from './plan/names/choose-file-name.ts';
export { journalName, partialName } from './plan/names/file-names.ts';
export { clearLeftovers } from './store/clear-leftovers.ts';
export { clearStaleJournal } from './transfer/file/clear-beside-named.ts';
export { parseContentDisposition } from './plan/names/content-disposition.ts';
export { sanitizeFileName } from './plan/names/sanitize.ts';
export { diskError } from './adapters/files/disk-errors.ts';
export { makeFolders } from './adapters/files/make-folders.ts';
export { attributeLibrary, loadAttributes, setAttribute } from './adapters/files/set-attribute.ts';
export { createNodeFiles } from './adapters/files/node-files.ts';
export { createSystemNetwork } from './adapters/system-network.ts';
export { createSystemClock } from './adapters/system-clock.ts';
export { createKeyCipher, secretKeyBytes } from './adapters/records/key-cipher.ts';
export { openRecords } from './adapters/records/sqlite-records.ts';
export type { RecordsDamage } from './adapters/records/sqlite-copies.ts';
export { readSealedSecrets, scrubCopy } from './adapters/records/sqlite-scrub.ts';
export { createMemoryRecords } from './adapters/records/memory-records.ts';
export { createHttpPort } from './adapters/http/index.ts';
export { findProgram, systemRoot } from './adapters/programs/find-program.ts';
