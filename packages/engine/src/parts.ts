/** Inner parts that are worth timing by themselves; for benchmarks alone. */
export { parseResponseHead } from './adapters/http/socket/response-head.ts';
export { ExtentLedger } from './store/extent-ledger.ts';
export { createJournal } from './store/journal/journal.ts';
