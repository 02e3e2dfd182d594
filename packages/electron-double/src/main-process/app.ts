/** `app`: lifecycle, paths, the single-instance lock and the badge. */
import type { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { doubleEnvironment } from '../control.ts';
import { createEvent } from './events.ts';
import { appEvents, exit, isReady, onBeforeExit, quit, whenReady } from './lifecycle.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';
import { applicationManifest, pathFor, setChosenPath, userDataFolder, type PathName } from './paths.ts';
import { InstanceLock, type SecondInstance } from './single-instance.ts';

type CommandLine = Pick<App['commandLine'], 'appendSwitch' | 'hasSwitch' | 'getSwitchValue'>;

function createCommandLine(): CommandLine {
  const appended = new Map<string, string>();
  const given = (name: string): string | undefined =>
    process.argv.find((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
  return {
    appendSwitch: (name, value = '') => void appended.set(name, value),
    hasSwitch: (name) => appended.has(name) || given(name) !== undefined,
    getSwitchValue: (name) => appended.get(name) ?? given(name)?.split('=').slice(1).join('=') ?? '',
  };
}

const waitingSeconds: SecondInstance[] = [];

function emitSecond({ argv, workingFolder, additionalData }: SecondInstance): void {
  appEvents.emit('second-instance', createEvent(), [...argv], workingFolder, additionalData);
}

/** Never before `ready`, however early the other process comes. */
function onSecond(second: SecondInstance): void {
  if (isReady()) emitSecond(second);
  else waitingSeconds.push(second);
}

appEvents.on('ready', () => setImmediate(() => waitingSeconds.splice(0).forEach(emitSecond)));

let instanceLock: InstanceLock | undefined;
let badgeCount = 0;
observe('badgeCount', () => badgeCount);

type Members =
  | 'commandLine'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppLogsPath'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setName'
  | 'setPath'
  | 'whenReady';

type Shape = Omit<Pick<App, Members>, 'commandLine'> & { commandLine: CommandLine };

let chosenName: string | undefined;

const members = {
  commandLine: createCommandLine(),
  enableSandbox: () => undefined,
  exit,
  focus: () => undefined,
  getAppPath: () => applicationManifest().folder,
  getName: () => chosenName ?? applicationManifest().name,
  getPath: (name: PathName) => pathFor(name),
  getVersion: () => process.env[doubleEnvironment.appVersion] ?? applicationManifest().version,
  hasSingleInstanceLock: () => instanceLock?.isOwned ?? false,
  isPackaged: process.env[doubleEnvironment.packaged] === '1',
  isReady,
  quit,
  releaseSingleInstanceLock: () => instanceLock?.release(),
  requestSingleInstanceLock: (additionalData?: Record<never, never>) => {
    if (instanceLock === undefined) {
      const lock = new InstanceLock(userDataFolder(), onSecond);
      instanceLock = lock;
      onBeforeExit(async () => lock.release());
    }
    return instanceLock.acquire(additionalData);
  },
  setAppLogsPath: (path?: string) => setChosenPath('logs', path ?? pathFor('logs')),
  setAppUserModelId: () => undefined,
  setBadgeCount: (count = 0) => {
    badgeCount = count;
    observedChanged();
    return true;
  },
  setName: (name: string) => {
    chosenName = name;
  },
  setPath: (name: string, path: string) => setChosenPath(name, path),
  whenReady,
} satisfies Shape;

export const app: EventEmitter & typeof members = Object.assign(appEvents, members);

handleCommand('app.open-url', ({ url }) => {
  appEvents.emit('open-url', createEvent(), url);
});
handleCommand('app.quit', () => quit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => quit());
