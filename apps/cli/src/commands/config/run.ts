/** Carries out `sluice config`: shows settings and changes them. */
import type { Settings } from '@sluice/contract';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Voice } from '../list/voice.ts';
import { type ListRequest, withList } from '../list/with-list.ts';
import type { Surroundings } from '../../surroundings.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import type { ConfigAction } from './request.ts';
import { acceptedWords, type SettingName, settingNames } from './settings-words.ts';

export interface ConfigRequest extends ListRequest {
  readonly action: ConfigAction;
}

export function runConfig({ action, ...request }: ConfigRequest, surroundings: Surroundings): Promise<ExitCode> {
  return withList(request, surroundings, async ({ api }, voice) => {
    if (action.kind === 'set') {
      const settings = await api.writeSettings(action.patch);
      for (const name of settingNames) if (name in action.patch) tellOne(settings, name, voice);
      return voice.end(exitCodes.ok);
    }
    const settings = await api.readSettings({});
    if (action.kind === 'list') tellAll(settings, voice);
    else {
      voice.tell({ kind: 'settings', settings: { [action.name]: settings[action.name] } });
      voice.say(textOf(settings, action.name));
    }
    return voice.end(exitCodes.ok);
  });
}

function tellAll(settings: Settings, voice: Voice): void {
  voice.tell({ kind: 'settings', settings });
  const lines = settingNames.map((name) => `${name} = ${textOf(settings, name)}`);
  const width = Math.max(...lines.map(({ length }) => length));
  for (const [index, name] of settingNames.entries()) {
    voice.say(`${(lines[index] ?? '').padEnd(width)}  # ${acceptedWords(name)}`);
  }
}

function tellOne(settings: Settings, name: SettingName, voice: Voice): void {
  voice.tell({ kind: 'settings', settings: { [name]: settings[name] } });
  voice.say(`${name} = ${textOf(settings, name)}`);
}

/** As `config set` takes it. */
function textOf(settings: Settings, name: SettingName): string {
  const value: unknown = settings[name];
  return typeof value === 'string' ? cleanText(value) : JSON.stringify(value);
}
