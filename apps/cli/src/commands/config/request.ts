/** Turns the words of `sluice config` into what is to be done, or says what is wrong with them. */
import type { SettingsPatch } from '@sluice/contract';
import type { Parsed } from '../../arguments/mistake.ts';
import { defaultSetting, readSetting, readSettingName, type SettingName } from './settings-words.ts';

export type ConfigWords =
  | { readonly kind: 'list' }
  | { readonly kind: 'get'; readonly name: string }
  | { readonly kind: 'reset'; readonly name: string }
  | { readonly kind: 'set'; readonly name: string; readonly text: string };

export type ConfigAction =
  | { readonly kind: 'list' }
  | { readonly kind: 'get'; readonly name: SettingName }
  | { readonly kind: 'set'; readonly patch: SettingsPatch };

export function readConfigAction(words: ConfigWords, workingFolder: string): Parsed<ConfigAction> {
  if (words.kind === 'list') return { kind: 'ok', value: words };
  const name = readSettingName(words.name);
  if (name.kind === 'mistake') return name;
  if (words.kind === 'get') return { kind: 'ok', value: { kind: 'get', name: name.value } };
  if (words.kind === 'reset') return { kind: 'ok', value: { kind: 'set', patch: defaultSetting(name.value) } };
  const patch = readSetting(name.value, words.text, workingFolder);
  return patch.kind === 'mistake' ? patch : { kind: 'ok', value: { kind: 'set', patch: patch.value } };
}
