/** Keeps Electron inside the desktop app, and `ipcMain` inside one of its files. */
import { Visitor, type Node } from 'oxc-parser';
import type { ParsedFile } from '../parsed-file.ts';
import type { Violation } from '../violation.ts';
import type { Complaint, ImportContext } from './import-context.ts';
import type { Import } from './imports.ts';

const desktop = '@sluice/desktop';
const mainFolder = 'apps/desktop/src/main/';
/** The double stands in for the module, so it names everything in it, as types. */
const doubleFolders = ['packages/electron-double'];

export function electronComplaint(context: ImportContext, imported: Import, name: string): Complaint | null {
  if (name !== 'electron' || context.owner.manifest.name === desktop) return null;
  const inDouble = isDouble(context.path);
  if (inDouble && imported.typeOnly) return null;
  const message = inDouble
    ? 'the Electron double must import electron as types only: it runs where there is no Electron'
    : `${context.owner.manifest.name} must not import electron: only ${desktop} depends on it`;
  return { rule: 'electron', message };
}

/** Where one file uses Electron's main-process IPC. */
export interface IpcUse {
  readonly file: string;
  readonly line: number;
}

/**
 * The first place where shipped code touches `ipcMain`, or a web contents' own `ipc` that does the same job; null where it does not.
 * The one file that may is the one that checks the sender frame.
 */
export function ipcMainUse(file: ParsedFile): IpcUse | null {
  if (!file.path.includes('/src/') || isDouble(file.path)) return null;
  const offsets: number[] = [];
  new Visitor({
    Identifier(node) {
      if (node.name === 'ipcMain') offsets.push(node.start);
    },
    MemberExpression(node) {
      if (node.computed && node.property.type === 'Literal' && node.property.value === 'ipcMain')
        offsets.push(node.start);
    },
    CallExpression(node) {
      if (listensOnContentsIpc(node.callee)) offsets.push(node.start);
    },
  }).visit(file.program);
  const [first] = offsets.toSorted((a, b) => a - b);
  return first === undefined ? null : { file: file.path, line: file.lineAt(first) };
}

/** @param uses One entry for each file that touches `ipcMain`. */
export function checkIpcMain(uses: readonly IpcUse[]): readonly Violation[] {
  const inMain = uses.filter((use) => use.file.startsWith(mainFolder));
  const outside = uses.filter((use) => !inMain.includes(use));
  const [kept, ...extra] = inMain;
  return [
    ...outside.map((use) => violation(use, `only a file of ${mainFolder} may touch ipcMain`)),
    ...extra.map((use) =>
      violation(
        use,
        `ipcMain is touched in ${kept?.file ?? ''} already: one file checks every sender, so go through it`,
      ),
    ),
  ];
}

function violation(use: IpcUse, message: string): Violation {
  return { file: use.file, line: use.line, rule: 'ipc-main', message };
}

function isDouble(path: string): boolean {
  return doubleFolders.some((folder) => path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`));
}

const listeners = new Set(['on', 'once', 'handle', 'handleOnce', 'addListener']);

/** `contents.ipc.on(…)` and its kin. */
function listensOnContentsIpc(callee: Node): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object } = callee;
  if (!listeners.has(callee.property.name) || object.type !== 'MemberExpression') return false;
  return object.property.type === 'Identifier' && object.property.name === 'ipc';
}
