/** The dependency check: every rule over every package of a workspace. */
import type { ParsedFile } from '../parsed-file.ts';
import { sortViolations, type Violation } from '../violation.ts';
import type { Workspace } from '../workspace.ts';
import { checkCircles } from './check-circles.ts';
import { checkClock } from './check-clock.ts';
import { checkIpcMain, ipcMainUse } from './check-electron.ts';
import { checkImports, missingArrow } from './check-imports.ts';
import { checkManifests } from './check-manifests.ts';

/** @param parsed Each code file of the workspace by its path from the root. */
export function checkDependencies(workspace: Workspace, parsed: ReadonlyMap<string, ParsedFile>): readonly Violation[] {
  const ofFiles = workspace.packages.flatMap((owner) =>
    owner.files.flatMap((path) => {
      const file = parsed.get(path);
      return file === undefined ? [] : checkImports(workspace, owner, file);
    }),
  );
  const ipcUses = [...parsed.values()].map(ipcMainUse).filter((use) => use !== null);
  return sortViolations([
    ...checkManifests(workspace),
    ...workspace.packages.flatMap(missingArrow),
    ...ofFiles,
    ...checkCircles(parsed),
    ...[...parsed.values()].flatMap(checkClock),
    ...checkIpcMain(ipcUses),
  ]);
}
