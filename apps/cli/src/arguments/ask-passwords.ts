/** Gets the passwords that a command line leaves out: from the environment, or from the person at the terminal. */
import type { CliContext } from '../cli-context.ts';
import { cleanText } from '../terminal/clean-text.ts';
import { wrongUsage, type Parsed } from './usage-error.ts';
import type { RawGetOptions } from './read-downloads.ts';

type Asking = Pick<CliContext, 'environment' | 'askSecret'>;

/** What stands on a command line, every user of the machine can read while it runs. */
export async function askPasswords<W extends RawGetOptions>(raw: W, context: Asking): Promise<Parsed<W>> {
  const user = await completed(raw.user, context, {
    option: '--user',
    variable: 'SLUICE_PASSWORD',
    question: 'Password for',
    isGiven: raw.httpPasswd !== undefined,
  });
  if (user.kind === 'usage-error') return user;
  const proxyUser = await completed(raw.proxyUser, context, {
    option: '--proxy-user',
    variable: 'SLUICE_PROXY_PASSWORD',
    question: 'Password of the proxy for',
    isGiven: false,
  });
  if (proxyUser.kind === 'usage-error') return proxyUser;
  return {
    kind: 'ok',
    value: {
      ...raw,
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
    ? wrongUsage({ kind: 'no-password', option, variable })
    : { kind: 'ok', value: `${name}:${password}` };
}
