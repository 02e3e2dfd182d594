/** Gets the passwords that a command line leaves out: from the environment, or from the person at the terminal. */
import type { Surroundings } from '../surroundings.ts';
import { cleanText } from '../terminal/clean-text.ts';
import { mistaken, type Parsed } from './mistake.ts';
import type { WishWords } from './read-wishes.ts';

type Asking = Pick<Surroundings, 'environment' | 'askSecret'>;

/** What stands on a command line, every user of the machine can read while it runs. */
export async function askPasswords<W extends WishWords>(words: W, surroundings: Asking): Promise<Parsed<W>> {
  const user = await completed(words.user, surroundings, {
    option: '--user',
    variable: 'SLUICE_PASSWORD',
    question: 'Password for',
    isGiven: words.httpPasswd !== undefined,
  });
  if (user.kind === 'mistake') return user;
  const proxyUser = await completed(words.proxyUser, surroundings, {
    option: '--proxy-user',
    variable: 'SLUICE_PROXY_PASSWORD',
    question: 'Password of the proxy for',
    isGiven: false,
  });
  if (proxyUser.kind === 'mistake') return proxyUser;
  return {
    kind: 'ok',
    value: {
      ...words,
      ...(user.value === undefined ? {} : { user: user.value }),
      ...(proxyUser.value === undefined ? {} : { proxyUser: proxyUser.value }),
    },
  };
}

interface Login {
  readonly option: string;
  readonly variable: string;
  readonly question: string;
  /** By another option. */
  readonly isGiven: boolean;
}

async function completed(
  name: string | undefined,
  { environment, askSecret }: Asking,
  { option, variable, question, isGiven }: Login,
): Promise<Parsed<string | undefined>> {
  if (name === undefined || isGiven || name.includes(':') || name.startsWith('@')) return { kind: 'ok', value: name };
  const password = environment[variable] ?? (await askSecret(`${question} ${cleanText(name)}: `));
  return password === null
    ? mistaken({ kind: 'no-password', option, variable })
    : { kind: 'ok', value: `${name}:${password}` };
}
