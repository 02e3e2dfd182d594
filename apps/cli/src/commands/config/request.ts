/** Turns the words of `sluice config` into what is to be done, or says what is wrong with them. */
import type { SettingsPatch } from '@sluice/contract';
import type { Parsed } from '../../arguments/usage-error.ts';
import { defaultSetting, readSetting, readSettingName, type SettingName } from './settings-text.ts';

export type RawConfigOptions =
  | { readonly kind: 'list' }
  | { readonly kind: 'get'; readonly name: string }
  | { readonly kind: 'reset'; readonly name: string }
  | { readonly kind: 'set'; readonly name: string; readonly text: string };

export type ConfigAction =
  | { readonly kind: 'list' }
  | { readonly kind: 'get'; readonly name: SettingName }
  | { readonly kind: 'set'; readonly patch: SettingsPatch };

export function readConfigAction(raw: RawConfigOptions, workingFolder: string): Parsed<ConfigAction> {
  if (raw.kind === 'list') return { kind: 'ok', value: raw };
  const name = readSettingName(raw.name);
  if (name.kind === 'usage-error') return name;
  if (raw.kind === 'get') return { kind: 'ok', value: { kind: 'get', name: name.value } };
  if (raw.kind === 'reset') return { kind: 'ok', value: { kind: 'set', patch: defaultSetting(name.value) } };
  const patch = readSetting(name.value, raw.text, workingFolder);
  return patch.kind === 'usage-error' ? patch : { kind: 'ok', value: { kind: 'set', patch: patch.value } };
}
