/** The table of which package may import which: an arrow that is not here does not exist. */

export interface Arrow {
  /** Workspace packages its own code may import. */
  readonly source: readonly string[];
  /** Workspace packages its tests may import besides. */
  readonly tests: readonly string[];
  /** Whether its own code may import Node's built-in modules. */
  readonly node: boolean;
  /** Whether what ships is bundled, so that what its code imports need not be a dependency of the package that installs it. */
  readonly bundled: boolean;
  /** The only packages from the registry its own code may import; null where its package.json alone decides. */
  readonly libraries: readonly string[] | null;
}

const texts = '@sluice/texts';
const formats = '@sluice/formats';
const testkit = '@sluice/testkit';
const electronDouble = '@sluice/electron-double';
/** Published under this name; the workspace imports its source. */
const library = '@sluice/sluice';

export const arrows: ReadonlyMap<string, Arrow> = new Map<string, Arrow>([
  ['@sluice/contract', { source: [], tests: [testkit], node: false, bundled: false, libraries: ['zod'] }],
  ['@sluice/engine', { source: ['@sluice/contract'], tests: [testkit], node: true, bundled: false, libraries: null }],
  [
    '@sluice/host',
    { source: ['@sluice/contract', '@sluice/engine'], tests: [testkit], node: true, bundled: false, libraries: null },
  ],
  [
    formats,
    { source: ['@sluice/contract'], tests: [], node: false, bundled: false, libraries: ['htmlparser2', 'zod'] },
  ],
  [texts, { source: ['@sluice/contract'], tests: [], node: false, bundled: false, libraries: null }],
  [
    '@sluice/ui',
    { source: ['@sluice/contract', formats, texts], tests: [testkit], node: false, bundled: false, libraries: null },
  ],
  [
    library,
    { source: ['@sluice/contract', '@sluice/engine'], tests: [testkit], node: true, bundled: true, libraries: null },
  ],
  [testkit, { source: ['@sluice/contract', '@sluice/engine'], tests: [], node: true, bundled: false, libraries: null }],
  [
    '@sluice/bench',
    {
      source: ['@sluice/contract', '@sluice/engine', '@sluice/host', testkit],
      tests: [],
      node: true,
      bundled: false,
      libraries: null,
    },
  ],
  [electronDouble, { source: [], tests: [], node: true, bundled: false, libraries: null }],
  ['@sluice/tooling', { source: [], tests: [], node: true, bundled: false, libraries: null }],
  ['@sluice/desktop', app()],
  ['@sluice/server', app()],
  ['@sluice/cli', app(library)],
  ['@sluice/e2e', { source: [testkit, electronDouble], tests: [], node: true, bundled: false, libraries: null }],
]);

function app(...more: readonly string[]): Arrow {
  const source = ['@sluice/contract', formats, texts, '@sluice/host', '@sluice/ui', ...more];
  return { source, tests: [testkit, electronDouble], node: true, bundled: true, libraries: null };
}

/** Packages that a root dependency would hand to every package undeclared. */
export const keptOutOfRoot: readonly string[] = ['electron', 'react', 'react-dom', 'undici'];
