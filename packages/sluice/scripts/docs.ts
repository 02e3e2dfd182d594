/** Writes the API documentation, made from the docstrings, into `out/api` of this package: `pnpm docs`. */
import { spawnSync } from 'node:child_process';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

const home = join(import.meta.dirname, '..');

// The generator reads types through the compiler's interface for programs, which version 7 does not have.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript'
      ? next('typescript-6', { ...context, parentURL: import.meta.url })
      : next(specifier, context),
});

async function writeDocs(): Promise<void> {
  const built = spawnSync(process.execPath, [join(home, 'scripts/build.ts'), '--if-stale'], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) throw new Error('without a build there are no types to document');
  const { Application, ReflectionKind } = await import('typedoc');
  const application = await Application.bootstrap({
    name: '@sluice/sluice',
    entryPoints: [join(home, 'dist/index.d.ts')],
    tsconfig: join(home, 'scripts/docs.tsconfig.json'),
    readme: join(home, 'README.md'),
    excludeExternals: true,
    disableSources: true,
    githubPages: false,
    validation: { notExported: false, invalidLink: true },
    treatValidationWarningsAsErrors: true,
  });
  const project = await application.convert();
  if (project === undefined) throw new Error('the types could not be read');
  application.validate(project);
  const undescribed = project
    .getReflectionsByKind(ReflectionKind.Function | ReflectionKind.Class)
    .filter((one) => !one.hasComment() && one.kindOf(ReflectionKind.Class));
  if (undescribed.length > 0) throw new Error(`no docstring: ${undescribed.map(({ name }) => name).join(', ')}`);
  if (application.logger.hasErrors() || application.logger.hasWarnings()) throw new Error('the docstrings have faults');
  await application.generateDocs(project, join(home, 'out/api'));
}

await writeDocs();
