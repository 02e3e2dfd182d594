/** Lets a library empty an element through `innerHTML`, and nothing else, where a page's policy asks for trusted markup. */

interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(name: 'default', rules: { readonly createHTML: (markup: string) => string | null }): unknown;
}

/**
 * React Aria's announcer clears itself by assigning an empty string. Under `require-trusted-types-for 'script'`
 * that throws and takes the window down; the default policy (Trusted Types, section 4.4) lets exactly that through.
 */
export function allowEmptyMarkup(): void {
  // The type library does not know Trusted Types, and neither does every browser.
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined || trustedTypes.defaultPolicy !== null) return;
  trustedTypes.createPolicy('default', { createHTML: (markup) => (markup === '' ? '' : null) });
}
