/** The table of what a folder may import where a package's arrow alone is too coarse. */

export interface FolderRule {
  /** A folder or file from the workspace root; the longest that matches a file decides. */
  readonly path: string;
  /** What the folder is, for the message. */
  readonly because: string;
  /** Siblings (folders or files of the same `src`) it may import; its own folder always. Null for all of them. */
  readonly siblings: readonly string[] | null;
  /** Siblings it may import as types only. */
  readonly siblingTypes?: readonly string[];
  /** Paths below those that it still may not import. */
  readonly exceptSiblings?: readonly string[];
  /** Packages it may import; null where the package's arrow and package.json decide. */
  readonly packages: readonly string[] | null;
  /** Node's modules it may import, with the `node:`; null for all of them. */
  readonly node: readonly string[] | null;
}

const contract = '@sluice/contract';

/** Built-in modules that reach no file, socket or process; what of them waits for time is the clock rule's to find. */
const computing = [
  'node:assert',
  'node:buffer',
  'node:crypto',
  'node:events',
  'node:path',
  'node:stream',
  'node:string_decoder',
  'node:timers',
  'node:util',
  'node:zlib',
];

/** Libraries that only compute, which the pure folders may use. */
const pureLibraries = [contract, 'chardet', 'content-disposition', 'zod'];

const engine = 'packages/engine/src';
const pureEngine = {
  because: 'holds rules and stays pure',
  siblings: ['download', 'plan', 'errors.ts'],
  packages: pureLibraries,
  node: [],
} as const;
const wiring = {
  because: 'wires the engine together',
  siblings: null,
  packages: null,
  node: [],
} as const;

const desktop = 'apps/desktop/src';

export const folderRules: readonly FolderRule[] = [
  { path: `${engine}/download`, ...pureEngine },
  { path: `${engine}/plan`, ...pureEngine },
  {
    path: `${engine}/errors.ts`,
    because: 'is a leaf of the engine',
    siblings: [],
    packages: [contract],
    node: [],
  },
  {
    path: `${engine}/ports`,
    because: 'says what the engine needs, and so depends on no way to meet it',
    siblings: [],
    siblingTypes: ['download', 'plan'],
    packages: [contract],
    node: [],
  },
  {
    path: `${engine}/transfer`,
    because: 'reaches the world only through ports',
    siblings: ['ports', 'download', 'plan', 'store', 'errors.ts'],
    packages: [...pureLibraries, 'hash-wasm', 'tough-cookie'],
    node: computing,
  },
  {
    path: `${engine}/store`,
    because: 'reaches the world only through ports',
    siblings: ['ports', 'download', 'plan', 'errors.ts'],
    packages: pureLibraries,
    node: computing,
  },
  {
    path: `${engine}/servers`,
    because: 'knows servers, and no list of downloads',
    siblings: ['ports', 'download', 'plan', 'transfer/connections/limiter.ts', 'errors.ts'],
    siblingTypes: ['transfer'],
    packages: [contract],
    node: [],
  },
  {
    path: `${engine}/queue`,
    because: 'reaches the world only through ports',
    siblings: ['ports', 'download', 'plan', 'store', 'transfer', 'servers', 'errors.ts'],
    packages: pureLibraries,
    node: computing,
  },
  {
    path: `${engine}/direct`,
    because: 'runs one download without a list, and reaches the world only through ports',
    siblings: ['ports', 'download', 'plan', 'store', 'transfer', 'servers', 'errors.ts'],
    packages: pureLibraries,
    node: computing,
  },
  {
    path: `${engine}/adapters`,
    because: 'meets a port and knows nothing of who uses it',
    siblings: ['ports', 'download', 'plan', 'store', 'errors.ts'],
    packages: null,
    node: null,
  },
  {
    path: engine,
    because: 'leaves the wiring of adapters to index.ts',
    siblings: null,
    exceptSiblings: ['adapters'],
    packages: pureLibraries,
    node: computing,
  },
  { path: `${engine}/index.ts`, ...wiring },
  { path: `${engine}/parts.ts`, ...wiring, because: 'shows inner parts to the benchmarks' },
  {
    path: `${desktop}/main`,
    because: 'runs in the main process',
    siblings: ['shared'],
    packages: ['electron', contract, '@sluice/texts', '@sluice/host'],
    node: null,
  },
  {
    path: `${desktop}/preload`,
    because: 'runs in the sandboxed preload',
    siblings: ['shared'],
    packages: ['electron', contract],
    node: [],
  },
  {
    path: `${desktop}/renderer`,
    because: 'runs in the sandboxed window',
    siblings: ['shared'],
    packages: [contract, '@sluice/ui', 'react', 'react-dom'],
    node: [],
  },
];
