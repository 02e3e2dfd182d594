/** Judges the header fields that a person or a program wants to send: what cannot be sent is refused and never dropped. */
import { SluiceError } from '../../errors.ts';
import { isUserField } from './request-headers.ts';

const longestNameShown = 100;

/**
 * @throws SluiceError `header-refused` (facts: `name`; `problem`: `owned` for a field that Sluice sets itself, `name`
 *   for a name that is not a token, `value` for a line break or NUL). The value is never told: it may be a secret.
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const problem = headerProblem(name, value);
    if (problem === null) continue;
    throw new SluiceError('header-refused', details[problem], {
      facts: { name: name.slice(0, longestNameShown), problem },
    });
  }
}

export type HeaderProblem = keyof typeof details;

const details = {
  name: 'the name of a header is not a token',
  value: 'the value of a header holds a line break or NUL',
  owned: 'Sluice sets this header itself',
} as const;

/** Null for a field that is sent as it is. */
export function headerProblem(name: string, value: string): HeaderProblem | null {
  if (!isUserField('x', value)) return 'value';
  if (isUserField(name, '')) return null;
  // A name with a letter added has no owner, so that only its characters can be wrong with it then.
  return name !== '' && isUserField(`x-${name}`, '') ? 'owned' : 'name';
}
