/** Reads the keys that the environment sets: `SLUICE_BULK_PAUSE_MS` is `bulk.pauseMs`. */
import type { z } from 'zod';
import { nearestName } from '../core/options/nearest.ts';
import { configSections } from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentValue {
  readonly section: string;
  readonly name: string;
  readonly variable: string;
  readonly value: unknown;
}

type Sections = Readonly<Record<string, { readonly shape: Readonly<Record<string, z.ZodType>> }>>;

export function readEnvironment(environment: Environment): readonly EnvironmentValue[] {
  const sections: Sections = configSections;
  return Object.entries(sections).flatMap(([section, { shape }]) =>
    Object.entries(shape).flatMap(([name, schema]) => {
      const variable = variableOf(section, name);
      const text = environment[variable];
      return text === undefined || text === '' ? [] : [{ section, name, variable, value: valueOf(schema, text) }];
    }),
  );
}

/**
 * Variables that set nothing although they are meant to: their name begins like that of a section, or is nearly that of
 * a key. Other programs of Sluice have variables of their own.
 */
export function misspeltVariables(environment: Environment): readonly { variable: string; meant: string | null }[] {
  const sections: Sections = configSections;
  const known = Object.entries(sections).flatMap(([section, { shape }]) =>
    Object.keys(shape).map((name) => variableOf(section, name)),
  );
  const all = new Set([...known, 'SLUICE_CONFIG']);
  const starts = Object.keys(sections).map((section) => `SLUICE_${section.toUpperCase()}_`);
  return Object.keys(environment).flatMap((variable) => {
    if (!variable.startsWith('SLUICE_') || all.has(variable) || (environment[variable] ?? '') === '') return [];
    const meant = nearestName(variable, all);
    return meant !== null || starts.some((start) => variable.startsWith(start)) ? [{ variable, meant }] : [];
  });
}

function variableOf(section: string, name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`);
  return `SLUICE_${section}_${words}`.toUpperCase();
}

/** As text where the key takes it, else as JSON: numbers, true and false, and names with values. */
function valueOf(schema: z.ZodType, text: string): unknown {
  if (schema.safeParse(text).success) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
