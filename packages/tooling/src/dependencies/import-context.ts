/** What every rule about one import is told, and what it answers. */
import type { FileKind } from '../file-kind.ts';
import type { Workspace, WorkspacePackage } from '../workspace.ts';
import type { Arrow } from './arrows.ts';

export interface ImportContext {
  readonly workspace: Workspace;
  readonly owner: WorkspacePackage;
  readonly arrow: Arrow;
  /** The importing file, from the workspace root. */
  readonly path: string;
  readonly kind: FileKind;
}

export interface Complaint {
  readonly rule: string;
  readonly message: string;
}
