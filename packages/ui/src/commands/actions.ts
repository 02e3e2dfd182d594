/** Which actions make sense for a download in which state; pure, so menus, buttons and keys agree. */
import type { DownloadState, DownloadStateKind, DownloadView, ErrorCode } from '@sluice/contract';
import type { PlatformServices } from '../platform.ts';

export type Action =
  | 'pause'
  | 'resume'
  | 'retry'
  | 'retryNow'
  | 'cancel'
  | 'remove'
  | 'open'
  | 'showInFolder'
  | 'copyLink'
  | 'copyName'
  | 'copyPath'
  | 'changeFolder'
  | 'newLink'
  | 'signIn'
  | 'limits'
  | 'savePage'
  | ChangeAction;

/** What to do about a file that has changed on the server. */
export const changeActions = ['keepMine', 'fetchBeside', 'replaceMine'] as const;
type ChangeAction = (typeof changeActions)[number];

const applicability: Readonly<Record<Action, readonly DownloadStateKind[]>> = {
  pause: ['queued', 'running', 'waiting'],
  resume: ['paused'],
  retry: ['failed', 'cancelled'],
  retryNow: ['waiting'],
  cancel: ['queued', 'running', 'waiting', 'paused', 'failed'],
  remove: ['queued', 'running', 'waiting', 'paused', 'failed', 'finished', 'cancelled'],
  open: ['finished'],
  showInFolder: ['finished'],
  copyLink: ['queued', 'running', 'waiting', 'paused', 'failed', 'finished', 'cancelled'],
  copyName: ['queued', 'running', 'waiting', 'paused', 'failed', 'finished', 'cancelled'],
  copyPath: ['finished'],
  changeFolder: ['failed'],
  newLink: ['queued', 'running', 'waiting', 'paused', 'failed'],
  signIn: ['queued', 'running', 'waiting', 'paused', 'failed'],
  limits: ['queued', 'running', 'waiting', 'paused', 'failed'],
  savePage: ['failed'],
  keepMine: ['failed'],
  fetchBeside: ['failed'],
  replaceMine: ['failed'],
};

/** In the order in which menus show them. */
export const actions = Object.keys(applicability) as readonly Action[];

/** Actions for one download at a time. */
const singular: readonly Action[] = ['open', 'showInFolder', 'changeFolder', 'newLink', 'signIn'];

export function applies(action: Action, download: DownloadView): boolean {
  if (isChangeAction(action) && !hasChanged(download.state)) return false;
  if (action === 'savePage' && !isPage(download)) return false;
  return applicability[action].includes(download.state.kind);
}

/** The file on the server is another version than the bytes on disk. */
export function hasChanged(state: DownloadState): boolean {
  return state.kind === 'failed' && state.change !== undefined;
}

/** A page came, and it may be what the person wants. With bytes of a file on disk it is not: they are of something else. */
function isPage({ state, receivedBytes }: DownloadView): boolean {
  return state.kind === 'failed' && state.error.code === 'page-instead-of-file' && receivedBytes === 0;
}

function isChangeAction(action: Action): action is ChangeAction {
  return changeActions.some((one) => one === action);
}

export type Abilities = Pick<PlatformServices, 'openFile' | 'showInFolder'>;

export function platformCan(action: Action, platform: Abilities): boolean {
  if (action === 'open') return platform.openFile !== undefined;
  if (action === 'showInFolder') return platform.showInFolder !== undefined;
  return true;
}

/** Whether the action is offered for a selection: it applies to at least one of it. */
export function offered(action: Action, downloads: readonly DownloadView[], platform: Abilities): boolean {
  if (!platformCan(action, platform)) return false;
  if (singular.includes(action) && downloads.length !== 1) return false;
  return downloads.some((download) => applies(action, download));
}

/** Finished and cancelled downloads have no place in the queue any more. */
export function isInQueue(download: DownloadView): boolean {
  return download.state.kind !== 'finished' && download.state.kind !== 'cancelled';
}

/** The one action a row offers first; undefined when the platform can do nothing with it. */
export function primaryAction(state: DownloadState, platform: Abilities): Action | undefined {
  switch (state.kind) {
    case 'queued':
    case 'running':
      return 'pause';
    case 'waiting':
      return 'retryNow';
    case 'paused':
      return 'resume';
    case 'cancelled':
      return 'retry';
    case 'failed':
      // Its row offers three.
      if (state.change !== undefined) return undefined;
      return nextSteps[state.error.code];
    case 'finished':
      return (['open', 'showInFolder'] as const).find((action) => platformCan(action, platform));
    default:
      return state satisfies never;
  }
}

type NextStep = Extract<Action, 'retry' | 'changeFolder' | 'newLink' | 'signIn'>;

/** What a failed row offers first. Where the link is to blame, a new one keeps what was fetched. */
const nextSteps: Readonly<Record<ErrorCode, NextStep>> = {
  'dns-not-found': 'newLink',
  'dns-temporary': 'retry',
  'connect-refused': 'retry',
  'connect-timeout': 'retry',
  unreachable: 'retry',
  'connection-reset': 'retry',
  stalled: 'retry',
  'tls-certificate': 'retry',
  'tls-failed': 'retry',
  'ssh-host-key': 'retry',
  'proxy-auth-required': 'signIn',
  'proxy-failed': 'retry',
  'http-unauthorized': 'signIn',
  'http-forbidden': 'newLink',
  'http-not-found': 'newLink',
  'http-gone': 'newLink',
  'http-too-many-requests': 'retry',
  'http-unavailable': 'retry',
  'http-client-error': 'newLink',
  'http-server-error': 'retry',
  'http-malformed': 'retry',
  'redirect-loop': 'newLink',
  'response-rejected': 'retry',
  'redirect-unsafe': 'newLink',
  'range-ignored': 'retry',
  'range-mismatch': 'retry',
  'range-not-satisfiable': 'retry',
  'resource-changed': 'retry',
  'resume-unproved': 'retry',
  'body-short': 'retry',
  'encoding-unexpected': 'retry',
  'page-instead-of-file': 'newLink',
  'decompression-bomb': 'newLink',
  'disk-full': 'retry',
  'disk-io': 'retry',
  'file-access-denied': 'changeFolder',
  'folder-missing': 'changeFolder',
  'file-too-large': 'changeFolder',
  'file-exists': 'changeFolder',
  'file-missing': 'retry',
  'file-changed': 'retry',
  'file-unsafe': 'changeFolder',
  'file-busy': 'retry',
  'too-many-files': 'retry',
  'journal-unreadable': 'retry',
  'journal-too-new': 'retry',
  'checksum-mismatch': 'retry',
  'url-invalid': 'newLink',
  'url-unsupported': 'newLink',
  'request-invalid': 'retry',
  'header-refused': 'retry',
  'name-invalid': 'retry',
  'already-listed': 'retry',
  'download-unknown': 'retry',
  'queue-unknown': 'retry',
  'queue-name-taken': 'retry',
  'sign-in-needed': 'signIn',
  'host-busy': 'retry',
  'port-in-use': 'retry',
  'database-unreadable': 'retry',
  disconnected: 'retry',
  timeout: 'retry',
  aborted: 'retry',
  unsupported: 'retry',
  internal: 'retry',
};
