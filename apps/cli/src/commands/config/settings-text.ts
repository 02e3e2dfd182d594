/** Settings as words: their names, what each takes, and how what was typed becomes a value. Told by the contract's own schema. */
import { resolve } from 'node:path';
import { type Settings, type SettingsPatch, settingsPatchSchema, settingsSchema } from '@sluice/contract';
import { wrongUsage, type Parsed } from '../../arguments/usage-error.ts';
import { parseRate } from '../../arguments/parse-rate.ts';

export type SettingName = keyof Settings;

/** What a JSON schema says of one setting, as far as it is put into words. */
interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
}

const shapes = new Map<SettingName, Shape>(
  Object.entries(settingsSchema.shape).map(([name, schema]) => [
    name as SettingName,
    schema.toJSONSchema({ io: 'input' }) as Shape,
  ]),
);

export const settingNames: readonly SettingName[] = [...shapes.keys()];

/** `max-running` and `maxRunning` are one. */
export function readSettingName(text: string): Parsed<SettingName> {
  const plain = plainName(text);
  const name = settingNames.find((one) => plainName(one) === plain);
  return name === undefined
    ? wrongUsage({ kind: 'setting-name', text, known: settingNames })
    : { kind: 'ok', value: name };
}

function plainName(name: string): string {
  return name.replaceAll(/[-_]/g, '').toLowerCase();
}

export function readSetting(name: SettingName, text: string, workingFolder: string): Parsed<SettingsPatch> {
  const value = valueOf(name, text, workingFolder);
  const parsed = settingsPatchSchema.safeParse({ [name]: value });
  return parsed.success && value !== undefined
    ? { kind: 'ok', value: parsed.data }
    : wrongUsage({ kind: 'setting-value', name, text, accepted: acceptedWords(name) });
}

/** The value of a setting that was never set. */
export function defaultSetting(name: SettingName): SettingsPatch {
  return settingsPatchSchema.parse({ [name]: shapes.get(name)?.default });
}

/** Undefined when it cannot be one. */
function valueOf(name: SettingName, text: string, workingFolder: string): unknown {
  if (isRate(name)) return parseRate(text) ?? undefined;
  if (name === 'downloadFolder') return text === '' ? '' : resolve(workingFolder, text);
  const shape = shapes.get(name) ?? {};
  switch (shape.type) {
    case 'string':
      return text;
    case 'boolean':
      return answers.get(text.toLowerCase());
    case 'integer':
    case 'number':
      return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
    default:
      return jsonOf(text);
  }
}

const answers: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRate(name: SettingName): boolean {
  return name.endsWith('BytesPerSecond');
}

/** What a setting takes, for help and for who typed something else. */
export function acceptedWords(name: SettingName): string {
  if (isRate(name)) return 'bytes per second such as 500K or 2M, 0 for no limit';
  if (name === 'downloadFolder') return "a folder; '' for your downloads folder";
  const { type, enum: values, minimum, maximum } = shapes.get(name) ?? {};
  if (values !== undefined) return values.map(String).join(', ');
  if (type === 'boolean') return 'true or false';
  if (type === 'string') return 'text';
  if (type !== 'integer' && type !== 'number') return 'JSON';
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${maximum}`;
  return most === '' ? `a whole number from ${minimum ?? 0}` : `a whole number from ${minimum ?? 0}${most}`;
}
