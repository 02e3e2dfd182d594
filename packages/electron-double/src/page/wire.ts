/** The messages between the double's process and the isolated world of a page. Values inside are encoded clones. */

export type ToPage =
  | {
      readonly kind: 'ipc';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly string[];
    }
  | { readonly kind: 'port-message'; readonly port: string; readonly data: unknown; readonly ports: readonly string[] }
  | { readonly kind: 'port-close'; readonly port: string }
  | { readonly kind: 'invoke-result'; readonly id: number; readonly value?: unknown; readonly error?: string };

export type FromPage =
  | {
      readonly kind: 'ipc';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly string[];
    }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'port-message'; readonly port: string; readonly data: unknown; readonly ports: readonly string[] }
  | { readonly kind: 'port-close'; readonly port: string }
  | {
      /** A right click that the page did not handle. */
      readonly kind: 'context-menu';
      readonly x: number;
      readonly y: number;
      readonly isEditable: boolean;
      readonly selectionText: string;
    }
  | { readonly kind: 'preload-error'; readonly message: string };

/** How the isolated world is set up; becomes a literal in the injected script. */
export interface PreloadOptions {
  /** Name of the function that carries text to the double. */
  readonly bindingName: string;
  /** Name of the function through which the double carries text to the page. */
  readonly entryName: string;
  readonly process: {
    readonly platform: string;
    readonly arch: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly argv: readonly string[];
  };
}
