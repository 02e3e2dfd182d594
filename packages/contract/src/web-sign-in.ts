/** What a page and the web server say to each other on a WebSocket before it becomes a Channel. */
import { z } from 'zod';

/** A key, a ticket or an id of ours is far shorter. */
const secret = z.string().min(1).max(200);

/**
 * What a browser that is signed in asks about all that are: which there are, once one of them, or every other one, has
 * been signed out.
 */
export const sessionsAskSchema = z.union([
  z.literal('list'),
  z.strictObject({ revoke: z.union([z.literal('others'), secret]) }),
]);
export type SessionsAsk = z.infer<typeof sessionsAskSchema>;

/** A browser that is signed in. */
export const browserSessionSchema = z.object({
  id: z.string(),
  createdAtMs: z.number(),
  /** When it connected last. */
  seenAtMs: z.number(),
  /** As the browser calls itself. */
  browser: z.string(),
  /** Where it signed in from. */
  address: z.string(),
  /** The one that asks. */
  isThis: z.boolean(),
});
export type BrowserSession = z.infer<typeof browserSessionSchema>;

/**
 * The first message of the page. `key` is what an earlier sign-in gave this browser; `ticket` comes out of a link and
 * is dead after this message, whether or not the key was good. With `file`, the id of a finished download, the
 * socket answers with a ticket for that file and closes; with `sessions`, with the browsers that are signed in. Only a key
 * asks: a ticket would make a session whose key no browser gets.
 */
export const signInSchema = z
  .strictObject({
    kind: z.literal('sign-in'),
    key: secret.optional(),
    ticket: secret.optional(),
    file: secret.optional(),
    sessions: sessionsAskSchema.optional(),
  })
  .refine(({ ticket, file, sessions }) => [ticket, file, sessions].filter((one) => one !== undefined).length <= 1);
export type SignIn = z.infer<typeof signInSchema>;

export const signInAnswerSchema = z.discriminatedUnion('kind', [
  /** `key` is there for a browser that is new: it stands for this browser from now on. */
  z.object({ kind: z.literal('signed-in'), key: secret.optional() }),
  /** Null when there is no such finished file. */
  z.object({ kind: z.literal('file-ticket'), ticket: secret.nullable() }),
  /** Seen last, first. */
  z.object({ kind: z.literal('sessions'), sessions: z.array(browserSessionSchema) }),
]);
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

/** Why the server closed: neither key nor ticket is good, or the session was revoked. */
export const signInRefusedCode = 4401;
