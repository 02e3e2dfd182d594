/** Says in words what is wrong with a configuration, and how to put it right. */
import type { z } from 'zod';
import { listed, suggestion } from '../core/options/nearest.ts';
import { configSections } from './schema.ts';

type Issue = z.core.$ZodIssue;

export interface Problem {
  /** Dotted: `bulk.pauseMs`. */
  readonly key: string;
  readonly sentence: string;
}

export function problemsOf(issues: readonly Issue[]): readonly Problem[] {
  return issues.flatMap((issue) => {
    const key = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ key, sentence: `${key || 'the whole'} ${expectation(issue)}` }];
    return issue.keys.map((unknown) => {
      const dotted = key === '' ? unknown : `${key}.${unknown}`;
      return { key: dotted, sentence: `there is no key ${dotted}: ${suggestion(unknown, knownKeys(key))}` };
    });
  });
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeName(issue.expected)}`;
    case 'invalid_value':
      return `must be ${listed(issue.values.map(String))}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be ${issue.minimum} or more`;
    case 'too_big':
      return `must be ${issue.maximum} or less`;
    case 'invalid_union': {
      const choices = issue.errors.flatMap(([first]) => (first === undefined ? [] : [expectation(first)]));
      return [...new Set(choices)]
        .map((choice, index) => (index === 0 ? choice : choice.replace(/^must be /, '')))
        .join(', or ');
    }
    case 'invalid_format':
      return 'must be written differently: see the documentation of the key';
    default:
      return `is not as it should be: ${issue.message}`;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'a section with keys of its own',
  record: 'names with a text each',
};

function typeName(type: string): string {
  return typeNames[type] ?? type;
}

function knownKeys(section: string): readonly string[] {
  const sections: Readonly<Record<string, { readonly shape: object }>> = configSections;
  return section === '' ? Object.keys(sections) : Object.keys(sections[section]?.shape ?? {});
}
