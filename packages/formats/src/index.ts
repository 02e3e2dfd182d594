/** Files and text that hold links: reading all that people have, and writing lists for other programs. */
export {
  fileFormats,
  type FileFormat,
  type LinkEntry,
  type LinksRead,
  type ReadProblem,
  type UnreadLine,
} from './entry.ts';
export { type ExportFormat, exportFormats, writeLinks } from './write/write-links.ts';
export { largestFileBytes, readLinks } from './read-links.ts';
export {
  type FlaggedLine,
  type LinkPattern,
  type LinkProblem,
  parseLinks,
  type ParsedLink,
  type ParsedLinks,
  urlKey,
} from './text/parse-links.ts';
