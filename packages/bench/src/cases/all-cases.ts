/** Every case, in the order in which they run. */
import { activeDownloadsCase } from './active-downloads.ts';
import type { BenchCase } from './bench-case.ts';
import { eventLoopCase } from './event-loop.ts';
import { lossyLinkCase } from './lossy-link.ts';
import { memoryCase } from './memory.ts';
import { partsCase } from './parts.ts';
import { queuedListCase } from './queued-list.ts';
import { resumeCase } from './resume.ts';
import { slowConnectionCase } from './slow-connection.ts';
import { smallFilesCase } from './small-files.ts';
import { throttledCase } from './throttled.ts';
import { transferCases } from './transfers.ts';

export const allCases: readonly BenchCase[] = [
  ...transferCases,
  throttledCase,
  lossyLinkCase,
  slowConnectionCase,
  smallFilesCase,
  resumeCase,
  memoryCase,
  activeDownloadsCase,
  queuedListCase,
  eventLoopCase,
  partsCase,
];
