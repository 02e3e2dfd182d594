/** Builds what is published: one bundle and one file of types, which need no package of the workspace or the registry. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { entries } from './entries.ts';
import { noticesFor } from './third-party.ts';

const home = join(import.meta.dirname, '..');
const dist = join(home, 'dist');
/** Have a compiled half of their own, and only the cache and the origin mark need them: whoever uses those installs them. */
const left = ['better-sqlite3', '@napi-rs/xattr'];

const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string };
};

/** What a bundle is made of; versions of libraries are in the lockfile. */
const sources = [
  ...['contract', 'engine', 'sluice'].map((name) => join(home, '..', name, 'src')),
  join(home, 'scripts'),
  join(home, 'package.json'),
  join(home, '../../pnpm-lock.yaml'),
];

async function build(): Promise<void> {
  if (process.argv.includes('--if-stale') && !isStale(join(dist, 'index.d.ts'))) return;
  rmSync(dist, { recursive: true, force: true });
  const chunks = await bundleCode();
  await bundleTypes();
  const bundled = chunks.flatMap((chunk) => Object.keys(chunk.modules));
  writeFileSync(join(dist, 'THIRD-PARTY.md'), noticesFor(bundled));
  for (const [name, text] of Object.entries(entries(manifest.engines.node))) writeFileSync(join(dist, name), text);
  cpSync(join(dist, 'index.d.ts'), join(dist, 'index.d.cts'));
}

async function bundleCode(): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({
    input: { main: join(home, 'src/index.ts'), 'sync-worker': join(home, 'src/sync/sync-worker.ts') },
    platform: 'node',
    external: left,
    tsconfig: false,
    plugins: [linkableAnywhere],
  });
  const { output } = await bundle.write({ dir: dist, format: 'es', chunkFileNames: 'chunk-[name].js' });
  await bundle.close();
  return output.filter((one) => one.type === 'chunk');
}

/**
 * An older Node that lacks a name would refuse to link the bundle before `check-node.js` can say which one is needed:
 * a namespace links anywhere.
 */
const linkableAnywhere: Plugin = {
  name: 'linkable-anywhere',
  renderChunk(code) {
    return code.replaceAll(
      /^import \{ ([^}]+) \} from "node:(tls|zlib|fs\/promises)";$/gmu,
      (_all, names: string, module: string) => {
        const space = `${module.replace('/', '_')}OfThisNode`;
        return `import * as ${space} from "node:${module}";\nconst { ${names.replaceAll(' as ', ': ')} } = ${space};`;
      },
    );
  },
};

/** The compiler writes a declaration beside each file; of those, what the public ones need becomes one. */
async function bundleTypes(): Promise<void> {
  const emitted = mkdtempSync(join(tmpdir(), 'sluice-types-'));
  try {
    emitTypes(emitted);
    const bundle = await rolldown({
      input: { index: join(emitted, 'sluice/src/index.d.ts') },
      plugins: [toEmitted(emitted), dts({ dtsOnly: true })],
    });
    await bundle.write({ dir: dist, format: 'es' });
    await bundle.close();
  } finally {
    rmSync(emitted, { recursive: true });
  }
  const foreign = /^import .* from ["'](?!node:)([^"']+)["']/mu.exec(readFileSync(join(dist, 'index.d.ts'), 'utf8'));
  // Nobody who installs the package would have it.
  if (foreign !== null) throw new Error(`the public types reach into ${foreign[1]}`);
}

function emitTypes(folder: string): void {
  const require = createRequire(import.meta.url);
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const config = join(import.meta.dirname, 'types.tsconfig.json');
  const run = spawnSync(process.execPath, [compiler, '-p', config, '--outDir', folder], { stdio: ['ignore', 2, 2] });
  if (run.status !== 0) throw new Error('the compiler could not write the types');
}

/** Sources import each other by the names they have before they are compiled. */
function toEmitted(folder: string): Plugin {
  return {
    name: 'to-emitted',
    resolveId: {
      order: 'pre',
      handler(id, importer) {
        const sibling = /^@sluice\/(contract|engine)$/u.exec(id)?.[1];
        if (sibling !== undefined) return join(folder, sibling, 'src/index.d.ts');
        if (importer === undefined || id.startsWith('/')) return null;
        if (!id.startsWith('.')) return { id, external: true };
        return resolve(dirname(importer), id.replace(/(?<!\.d)\.ts$/u, '.d.ts'));
      },
    },
  };
}

function isStale(built: string): boolean {
  const builtAtMs = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some((source) => newestMs(source) > builtAtMs);
}

function newestMs(path: string): number {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  // The folder itself too: a deleted file changes nothing else.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), facts.mtimeMs);
}

await build();
