/** What a window may ask of the desktop around it, and what it is told: one schema each, parsed at both ends. */
import { downloadIdSchema, errorInfoSchema, themeSchema } from '@sluice/contract';
import { z } from 'zod';

/** Longer texts are cut: no pasted list of links is longer. */
export const maxClipboardLength = 4_000_000;

const nothing = z.object({});
const byId = z.object({ id: downloadIdSchema });

/** Files are named by download id. A path never comes from the window; the one here only says where a dialog opens. */
export const platformMethods = {
  copyText: { params: z.object({ text: z.string().max(maxClipboardLength) }), result: nothing },
  readClipboardText: { params: nothing, result: z.object({ text: z.string() }) },
  chooseFolder: {
    params: z.object({ current: z.string().max(32_768) }),
    result: z.object({ folder: z.string().nullable() }),
  },
  openFile: { params: byId, result: nothing },
  showInFolder: { params: byId, result: nothing },
  setTheme: { params: z.object({ theme: themeSchema }), result: nothing },
} as const;

export type PlatformMethods = typeof platformMethods;
export type PlatformMethod = keyof PlatformMethods;
export type PlatformParams<M extends PlatformMethod> = z.output<PlatformMethods[M]['params']>;
export type PlatformResult<M extends PlatformMethod> = z.output<PlatformMethods[M]['result']>;

/** The host's side of the services. */
export type PlatformHandlers = {
  readonly [M in PlatformMethod]: (params: PlatformParams<M>) => Promise<PlatformResult<M>>;
};

export const toPlatformSchema = z.object({
  kind: z.literal('call'),
  id: z.number().int(),
  method: z.string(),
  params: z.unknown(),
});
export type ToPlatform = z.infer<typeof toPlatformSchema>;

export const fromPlatformSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), id: z.number().int(), result: z.unknown() }),
  z.object({ kind: z.literal('failure'), id: z.number().int(), error: errorInfoSchema }),
  /** Links from outside the window; none at all asks for the empty dialog. */
  z.object({ kind: z.literal('open-urls'), urls: z.array(z.string()) }),
]);
export type FromPlatform = z.infer<typeof fromPlatformSchema>;
