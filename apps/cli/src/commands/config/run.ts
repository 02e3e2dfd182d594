/** Carries out `sluice config`: shows settings and changes them. */
import type { Settings } from '@sluice/contract';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Output } from '../list/output.ts';
import { type ListRequest, withList } from '../list/with-list.ts';
import type { CliContext } from '../../cli-context.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import type { ConfigAction } from './request.ts';
import { acceptedWords, type SettingName, settingNames } from './settings-text.ts';

export interface ConfigRequest extends ListRequest {
  readonly action: ConfigAction;
}

export function runConfig({ action, ...request }: ConfigRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async ({ api }, output) => {
    if (action.kind === 'set') {
      const settings = await api.writeSettings(action.patch);
      for (const name of settingNames) if (name in action.patch) tellOne(settings, name, output);
      return output.end(exitCodes.ok);
    }
    const settings = await api.readSettings({});
    if (action.kind === 'list') tellAll(settings, output);
    else {
      output.tell({ kind: 'settings', settings: { [action.name]: settings[action.name] } });
      output.say(textOf(settings, action.name));
    }
    return output.end(exitCodes.ok);
  });
}

function tellAll(settings: Settings, output: Output): void {
  output.tell({ kind: 'settings', settings });
  const lines = settingNames.map((name) => `${name} = ${textOf(settings, name)}`);
  const width = Math.max(...lines.map(({ length }) => length));
  for (const [index, name] of settingNames.entries()) {
    output.say(`${(lines[index] ?? '').padEnd(width)}  # ${acceptedWords(name)}`);
  }
}

function tellOne(settings: Settings, name: SettingName, output: Output): void {
  output.tell({ kind: 'settings', settings: { [name]: settings[name] } });
  output.say(`${name} = ${textOf(settings, name)}`);
}

/** As `config set` takes it. */
function textOf(settings: Settings, name: SettingName): string {
  const value: unknown = settings[name];
  return typeof value === 'string' ? cleanText(value) : JSON.stringify(value);
}
