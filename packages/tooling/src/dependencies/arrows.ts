/** The table of which package may import which: an arrow that is not here does not exist. */

export interface Arrow {
  /** Workspace packages its own code may import. */
  readonly source: readonly string[];
  /** Workspace packages its tests may import besides. */
  readonly tests: readonly string[];
  /** Whether its own code may import Node's built-in modules. */
  readonly node: boolean;
  /** The only packages from the registry its own code may import; null where its package.json alone decides. */
  readonly libraries: readonly string[] | null;
}

const testkit = '@sluice/testkit';

export const arrows: ReadonlyMap<string, Arrow> = new Map<string, Arrow>([
  ['@sluice/contract', { source: [], tests: [testkit], node: false, libraries: ['zod'] }],
  ['@sluice/engine', { source: ['@sluice/contract'], tests: [testkit], node: true, libraries: null }],
  ['@sluice/host', { source: ['@sluice/contract', '@sluice/engine'], tests: [testkit], node: true, libraries: null }],
  ['@sluice/ui', { source: ['@sluice/contract'], tests: [testkit], node: false, libraries: null }],
  [testkit, { source: ['@sluice/contract', '@sluice/engine'], tests: [], node: true, libraries: null }],
  [
    '@sluice/bench',
    {
      source: ['@sluice/contract', '@sluice/engine', '@sluice/host', testkit],
      tests: [],
      node: true,
      libraries: null,
    },
  ],
  ['@sluice/tooling', { source: [], tests: [], node: true, libraries: null }],
  ['@sluice/desktop', app()],
  ['@sluice/server', app()],
  ['@sluice/cli', app()],
  ['@sluice/e2e', { source: [testkit], tests: [], node: true, libraries: null }],
]);

function app(): Arrow {
  return { source: ['@sluice/contract', '@sluice/host', '@sluice/ui'], tests: [testkit], node: true, libraries: null };
}

/** Packages that a root dependency would hand to every package undeclared. */
export const keptOutOfRoot: readonly string[] = ['electron', 'react', 'react-dom', 'undici'];
