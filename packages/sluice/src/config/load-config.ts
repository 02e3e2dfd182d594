/** Loads a configuration: from a file or an object, with the environment on top, checked as a whole. */
import { SluiceError } from '@sluice/contract';
import { type Environment, type EnvironmentValue, misspeltVariables, readEnvironment } from './environment.ts';
import { problemsOf } from './problems.ts';
import { readConfigFile } from './read-file.ts';
import type { Config } from './config.ts';
import { configSchema } from './schema.ts';

/**
 * What the environment sets wins over what `source` says: `SLUICE_DOWNLOAD_MAX_ATTEMPTS=3` is `download.maxAttempts`.
 * @param source a file ending in `.json`, `.yaml`, `.yml` or `.toml`; an object of the same shape; or nothing: the file
 *   that `SLUICE_CONFIG` names, if it names one
 * @param environment default: `process.env`
 * @throws SluiceError `request-invalid` (facts: `name`, the first wrong key or variable): its message names every wrong
 *   key and every misspelt variable, and says how to put it right; `file-missing`
 */
export async function loadConfig(source?: string | Config, environment: Environment = process.env): Promise<Config> {
  const from = source ?? (environment['SLUICE_CONFIG'] || {});
  const given: unknown = typeof from === 'string' ? await readConfigFile(from) : from;
  const variables = readEnvironment(environment);
  const misspelt = misspeltVariables(environment);
  const parsed = configSchema.safeParse(overlay(given ?? {}, variables));
  if (parsed.success && misspelt.length === 0) return parsed.data;
  const problems = parsed.success ? [] : problemsOf(parsed.error.issues);
  const place = typeof from === 'string' ? from : 'the configuration';
  const sentences = problems.map(({ key, sentence }) => `${originOf(key, variables) ?? place}: ${sentence}`);
  const unknown = misspelt.map(
    ({ variable, meant }) =>
      `the environment: there is no variable ${variable}${meant === null ? '' : `: did you mean ${meant}?`}`,
  );
  const name = problems[0]?.key ?? misspelt[0]?.variable ?? '';
  throw new SluiceError('request-invalid', [...sentences, ...unknown].join('\n'), { facts: { name } });
}

function overlay(given: unknown, variables: readonly EnvironmentValue[]): unknown {
  if (!isSection(given)) return given;
  const result: Record<string, unknown> = { ...given };
  for (const { section, name, value } of variables) {
    const before = result[section] ?? {};
    // What is no section is left for the check to find.
    if (isSection(before)) result[section] = { ...before, [name]: value };
  }
  return result;
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The variable that a wrong key came from. */
function originOf(key: string, variables: readonly EnvironmentValue[]): string | null {
  const found = variables.find(
    ({ section, name }) => key === `${section}.${name}` || key.startsWith(`${section}.${name}.`),
  );
  return found === undefined ? null : `the variable ${found.variable}`;
}
