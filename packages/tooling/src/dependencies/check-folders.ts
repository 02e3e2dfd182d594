/** Judges an import against the table of folders. */
import { folderRules, type FolderRule } from './folders.ts';
import type { Complaint, ImportContext } from './import-context.ts';
import type { Import } from './imports.ts';
import { moduleName } from './module-name.ts';

/** @param target The imported path from the workspace root, or the name of a package or built-in module. */
export function folderComplaint(context: ImportContext, imported: Import, target: string): Complaint | null {
  const rule = ruleFor(context.path);
  if (rule === null || allows(rule, imported, target)) return null;
  const message = `${rule.path} ${rule.because}: it must not import ${target}, but may ${listed(rule)}`;
  return { rule: 'folder', message };
}

function ruleFor(path: string): FolderRule | null {
  const matching = folderRules.filter((rule) => isWithin(path, rule.path));
  return matching.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null;
}

function allows(rule: FolderRule, imported: Import, target: string): boolean {
  const module = moduleName(imported.specifier);
  if (module.kind === 'builtin') return rule.node === null || rule.node.some((name) => isWithin(target, name));
  if (module.kind === 'package') return rule.packages === null || rule.packages.includes(target);
  const below = belowSrc(target);
  if (below === null) return false;
  if (rule.exceptSiblings?.some((path) => isWithin(below, path)) === true) return false;
  if (isWithin(target, rule.path)) return true;
  if (rule.siblings === null || rule.siblings.some((path) => isWithin(below, path))) return true;
  return imported.typeOnly && (rule.siblingTypes ?? []).some((path) => isWithin(below, path));
}

/** `plan/ranges/range.ts` for `packages/engine/src/plan/ranges/range.ts`. */
function belowSrc(path: string): string | null {
  const at = path.indexOf('/src/');
  return at === -1 ? null : path.slice(at + '/src/'.length);
}

/** True for the path itself, for what is below it, and for a file that is the path with an extension. */
function isWithin(path: string, scope: string): boolean {
  return (
    path === scope ||
    path.startsWith(`${scope}/`) ||
    (/^\.\w+$/u.test(path.slice(scope.length)) && path.startsWith(scope))
  );
}

function listed(rule: FolderRule): string {
  const all = [
    'itself',
    ...(rule.siblings ?? [
      `its siblings${rule.exceptSiblings === undefined ? '' : ` (not ${rule.exceptSiblings.join(', ')})`}`,
    ]),
    ...(rule.siblingTypes ?? []).map((name) => `types of ${name}`),
    ...(rule.packages ?? ['any declared package']),
    ...(rule.node ?? ['node:*']),
  ];
  return all.join(', ');
}
