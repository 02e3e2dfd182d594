/** Tells the kinds of import specifier apart. */
import { isBuiltin } from 'node:module';

export type ModuleName =
  | { readonly kind: 'relative' }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string }
  /** A bundler's own name such as `virtual:x`, or a URL: not a module of ours to judge. */
  | { readonly kind: 'other' };

export function moduleName(specifier: string): ModuleName {
  if (specifier.startsWith('.') || specifier.startsWith('/')) return { kind: 'relative' };
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier };
  if (isBuiltin(specifier)) return { kind: 'builtin', name: `node:${specifier}` };
  if (/^[a-z][a-z\d+.-]*:/iu.test(specifier) || specifier.startsWith('#')) return { kind: 'other' };
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
  return { kind: 'package', name };
}
