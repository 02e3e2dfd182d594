/** How a link is asked for: who is asking, what is sent along, and which way the request takes. */
import { z } from 'zod';
import { timeoutSchema } from './retries.ts';

const tab = 9;
const firstPrintable = 32;
const del = 127;

/** No control character: what follows one would be another header. */
function isFieldText(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < firstPrintable && code !== tab) || code === del) return false;
  }
  return true;
}

const fieldText = z.string().max(16_384).refine(isFieldText);

const pem = z.string().max(1_048_576);

export const ipFamilySchema = z.enum(['any', 'ipv4', 'ipv6']);
export type IpFamily = z.infer<typeof ipFamilySchema>;

/**
 * Which way to the bytes: `socket`, our own reader of HTTP/1.1; `undici`, which also speaks HTTP/2; `curl`, the
 * system's program, which also speaks ftp, ftps, sftp and scp. `auto` picks by the link.
 */
export const backendSchema = z.enum(['auto', 'socket', 'undici', 'curl']);
export type Backend = z.infer<typeof backendSchema>;

/**
 * Every field may be left out. User name, password, cookies and the body are secrets: they are stored with the
 * download, sent where they belong and shown nowhere.
 */
export const requestOptionsSchema = z.object({
  referer: fieldText.optional(),
  userAgent: fieldText.optional(),
  /** `name=value; name=value`, for the host of the link and no other. */
  cookies: fieldText.optional(),
  /** The text of a cookies.txt as browsers' add-ons and curl write it; each cookie goes where its line says. */
  cookieFile: z.string().max(4_194_304).optional(),
  /** For the link's own origin; they win over a user name and password inside the link. */
  username: z.string().max(4096).optional(),
  password: z.string().max(4096).optional(),
  /** `none` goes straight to the server, whatever the system says; absent follows the system. */
  proxy: z.union([z.literal('none'), z.string().regex(/^(?:http|socks5h?):\/\/[^/\s]+\/?$/i)]).optional(),
  /** PEM, trusted beside the system's authorities. */
  certificateAuthority: pem.optional(),
  /** PEM, with which this side proves who it is. */
  clientCertificate: z.object({ certificate: pem, key: pem, passphrase: z.string().max(4096).optional() }).optional(),
  /** Takes any certificate, expired, of another name or made by anyone. For this download alone. */
  insecure: z.boolean().optional(),
  ipFamily: ipFamilySchema.optional(),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** Sent with POST, PUT, PATCH or DELETE. */
  body: z.string().max(16_777_216).optional(),
  /** How `body` holds its bytes: `base64` for those that are no text. Default `utf-8`. */
  bodyEncoding: z.enum(['utf-8', 'base64']).optional(),
  /** Default `application/x-www-form-urlencoded`. */
  contentType: fieldText.optional(),
  /** Further links to the same file: used beside the link once they proved equal, and instead of it when it fails. */
  mirrors: z.array(z.string().min(1).max(65_536)).max(32).optional(),
  /** Instead of the settings'. `headTimeoutMs`: from a request to the head of its answer; `idleTimeoutMs`: the longest silence after that. */
  timeouts: z.object({ headTimeoutMs: timeoutSchema.optional(), idleTimeoutMs: timeoutSchema.optional() }).optional(),
  /** Saves a web page also where the link names what no page is, as `.zip` does; without it such an answer is an error. */
  acceptPage: z.boolean().optional(),
  /** Default `auto`. */
  backend: backendSchema.optional(),
});
export type RequestOptions = z.infer<typeof requestOptionsSchema>;
