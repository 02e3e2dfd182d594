/** Judges what the package.json files name, imported or not. */
import type { Violation } from '../violation.ts';
import type { Workspace, WorkspacePackage } from '../workspace.ts';
import { arrows, keptOutOfRoot } from './arrows.ts';

export function checkManifests(workspace: Workspace): readonly Violation[] {
  return [...checkRoot(workspace), ...workspace.packages.flatMap((owner) => checkPackage(workspace, owner))];
}

function checkRoot(workspace: Workspace): readonly Violation[] {
  const { dependencies, devDependencies } = workspace.rootManifest;
  return keptOutOfRoot
    .filter((name) => Object.hasOwn(dependencies, name) || Object.hasOwn(devDependencies, name))
    .map((name) =>
      at('package.json', 'root', `${name} in the root is open to every package undeclared: name it where it is used`),
    );
}

const whoMay = 'only @sluice/desktop does, and @sluice/electron-double for its types';

function checkPackage(workspace: Workspace, owner: WorkspacePackage): readonly Violation[] {
  const file = `${owner.folder}/package.json`;
  const arrow = arrows.get(owner.manifest.name);
  const { name, dependencies, devDependencies } = owner.manifest;
  const siblings = new Set(workspace.packages.map((sibling) => sibling.manifest.name));
  // What a package leaves to its user says a range as a peer, and the version it is tested with among its own.
  const everything = Object.entries({ ...dependencies, ...devDependencies });
  const wrongVersions = everything
    .filter(([other, version]) => version !== (siblings.has(other) ? 'workspace:*' : 'catalog:'))
    .map(([other, version]) =>
      at(
        file,
        'version',
        `${other} says ${version}: a version is named once, in pnpm-workspace.yaml, so say ${siblings.has(other) ? 'workspace:*' : 'catalog:'}`,
      ),
    );
  if (arrow === undefined) return wrongVersions;
  const shipped = Object.keys(dependencies).filter((other) => siblings.has(other) && !arrow.source.includes(other));
  const tested = Object.keys(devDependencies).filter(
    (other) => siblings.has(other) && !arrow.source.includes(other) && !arrow.tests.includes(other),
  );
  const electronAsked = Object.hasOwn({ ...dependencies, ...devDependencies }, 'electron');
  const electronAllowed =
    name === '@sluice/desktop' || (name === '@sluice/electron-double' && !Object.hasOwn(dependencies, 'electron'));
  return [
    ...wrongVersions,
    ...[...shipped, ...tested].map((other) => at(file, 'arrow', `${name} must not depend on ${other}`)),
    ...(electronAsked && !electronAllowed
      ? [at(file, 'electron', `${name} must not depend on electron: ${whoMay}`)]
      : []),
  ];
}

function at(file: string, rule: string, message: string): Violation {
  return { file, line: null, rule, message };
}
