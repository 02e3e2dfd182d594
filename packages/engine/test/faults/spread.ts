/** Spreads a matrix of backends, forms and cases over `npm test` and `pnpm sweep`. */
import { isSweep } from '../crash/sweep-scale.ts';
import type { backends } from './ways.ts';

/**
 * The cases that one form runs by one backend. The socket backend runs every case in every form. Each other backend
 * runs every case once, each in the next form. `pnpm sweep` runs all of them.
 *
 * @param form its place in the list of forms
 */
export function spread<Case>(
  cases: readonly Case[],
  {
    backend,
    form,
    forms,
  }: { readonly backend: (typeof backends)[number]; readonly form: number; readonly forms: number },
): readonly Case[] {
  return isSweep || backend === 'socket' ? cases : cases.filter((_case, index) => index % forms === form);
}
