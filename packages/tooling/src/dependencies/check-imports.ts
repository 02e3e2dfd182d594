/** Judges each import of each package against the arrows, the folder table and the package's own package.json. */
import { posix } from 'node:path';
import { fileKind } from '../file-kind.ts';
import type { ParsedFile } from '../parsed-file.ts';
import type { Violation } from '../violation.ts';
import type { Workspace, WorkspacePackage } from '../workspace.ts';
import { arrows } from './arrows.ts';
import { electronComplaint } from './check-electron.ts';
import { folderComplaint } from './check-folders.ts';
import type { Complaint, ImportContext } from './import-context.ts';
import { importsOf, type Import } from './imports.ts';
import { moduleName } from './module-name.ts';

/** Every forbidden import of one file. A package without an arrow is judged by {@link missingArrow} alone. */
export function checkImports(workspace: Workspace, owner: WorkspacePackage, file: ParsedFile): readonly Violation[] {
  const arrow = arrows.get(owner.manifest.name);
  if (arrow === undefined) return [];
  const context: ImportContext = { workspace, owner, arrow, path: file.path, kind: fileKind(file.path, owner.folder) };
  return importsOf(file).flatMap((imported) => {
    const complaint = complaintAbout(context, imported);
    return complaint === null ? [] : [{ file: file.path, line: imported.line, ...complaint }];
  });
}

/** A package that the table of arrows does not know. */
export function missingArrow(owner: WorkspacePackage): readonly Violation[] {
  if (arrows.has(owner.manifest.name)) return [];
  const message = `${owner.manifest.name} has no row in packages/tooling/src/dependencies/arrows.ts: say there what it may import`;
  return [{ file: `${owner.folder}/package.json`, line: null, rule: 'arrow', message }];
}

/** The gravest complaint: one import gets one line. */
function complaintAbout(context: ImportContext, imported: Import): Complaint | null {
  const module = moduleName(imported.specifier);
  switch (module.kind) {
    case 'relative': {
      const target = posix.join(posix.dirname(context.path), imported.specifier);
      return relativeComplaint(context, target) ?? folderComplaint(context, imported, target);
    }
    case 'builtin':
      return builtinComplaint(context, module.name) ?? folderComplaint(context, imported, module.name);
    case 'package':
      return (
        electronComplaint(context, imported, module.name) ??
        packageComplaint(context, imported, module.name) ??
        folderComplaint(context, imported, module.name)
      );
    case 'other':
      return null;
    default:
      return module satisfies never;
  }
}

function relativeComplaint(context: ImportContext, target: string): Complaint | null {
  const { folder } = context.owner;
  if (target === folder || target.startsWith(`${folder}/`)) return null;
  const other = context.workspace.packages.find((candidate) => target.startsWith(`${candidate.folder}/`));
  const instead = other === undefined ? 'move it into the package' : `import ${other.manifest.name} by its name`;
  return { rule: 'relative', message: `${folder} must not reach ${target} by a relative path: ${instead}` };
}

function builtinComplaint(context: ImportContext, name: string): Complaint | null {
  if (context.arrow.node || context.kind !== 'source') return null;
  return {
    rule: 'node',
    message: `${context.owner.manifest.name} must not import ${name}: its code also runs without Node`,
  };
}

function packageComplaint(context: ImportContext, imported: Import, name: string): Complaint | null {
  const { owner, workspace } = context;
  if (name === owner.manifest.name) return null;
  const target = workspace.packages.find((candidate) => candidate.manifest.name === name);
  if (target !== undefined && !mayImport(context, name)) return arrowComplaint(context, target);
  if (target === undefined && !mayUseLibrary(context, name)) {
    return {
      rule: 'library',
      message: `${owner.manifest.name} must not import ${name}: it may use ${listed(context.arrow.libraries)}`,
    };
  }
  return undeclaredComplaint(context, imported, name);
}

function mayImport(context: ImportContext, name: string): boolean {
  const { arrow, kind } = context;
  return arrow.source.includes(name) || (kind === 'test' && arrow.tests.includes(name));
}

function mayUseLibrary(context: ImportContext, name: string): boolean {
  const { arrow, kind } = context;
  return arrow.libraries === null || kind !== 'source' || arrow.libraries.includes(name);
}

function arrowComplaint(context: ImportContext, target: WorkspacePackage): Complaint {
  const name = context.owner.manifest.name;
  if (target.folder.startsWith('apps/')) {
    return { rule: 'app', message: `${name} must not import ${target.manifest.name}: nothing imports an app` };
  }
  if (context.arrow.tests.includes(target.manifest.name)) {
    return { rule: 'arrow', message: `${name} must not import ${target.manifest.name} outside its tests` };
  }
  return {
    rule: 'arrow',
    message: `${name} must not import ${target.manifest.name}: it may import ${listed(context.arrow.source)}`,
  };
}

/** What ships must be a dependency, unless it is bundled; types, tests and configs may come from devDependencies. */
function undeclaredComplaint(context: ImportContext, imported: Import, name: string): Complaint | null {
  const { arrow, owner } = context;
  const { folder, manifest } = owner;
  if (Object.hasOwn(manifest.dependencies, name)) return null;
  const shipsUnbundled = context.kind === 'source' && !imported.typeOnly && !arrow.bundled;
  const inDev = Object.hasOwn(manifest.devDependencies, name) || (imported.typeOnly && declaresTypes(context, name));
  if (inDev && !shipsUnbundled) return null;
  const where = inDev
    ? 'dependencies, not devDependencies'
    : shipsUnbundled
      ? 'dependencies'
      : 'dependencies or devDependencies';
  return {
    rule: 'declared',
    message: `${name} is imported but not named in ${folder}/package.json: add it to ${where}`,
  };
}

function declaresTypes(context: ImportContext, name: string): boolean {
  const typesName = `@types/${name.replace(/^@/u, '').replace('/', '__')}`;
  return Object.hasOwn(context.owner.manifest.devDependencies, typesName);
}

function listed(names: readonly string[] | null): string {
  return names === null || names.length === 0 ? 'no package of the workspace' : names.join(', ');
}
