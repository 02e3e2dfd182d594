/** A form with files in it, as `multipart/form-data` (RFC 7578). */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { DescribedBody } from './body.ts';
import type { Upload, UploadFile, UploadPart } from './description.ts';

/**
 * The boundary between the parts differs from call to call, as it must not occur in any of them; the identity is made
 * from the parts themselves, so it does not.
 * @throws SluiceError `request-invalid` (facts: `name`, the part) for a file that cannot be read
 */
export async function describeUpload(upload: Upload): Promise<DescribedBody> {
  const form = upload instanceof FormData ? upload : await toFormData(upload);
  const encoded = new Response(form);
  const bytes = new Uint8Array(await encoded.arrayBuffer());
  const parts = await Promise.all(Array.from(form, async ([name, value]) => identify(name, value)));
  const ordered = parts.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return { bytes, contentType: encoded.headers.get('content-type'), identity: `multipart ${JSON.stringify(ordered)}` };
}

async function toFormData(parts: Exclude<Upload, FormData>): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    for (const part of isList(value) ? value : [value]) await append(form, name, part);
  }
  return form;
}

async function append(form: FormData, name: string, part: UploadPart): Promise<void> {
  if (part instanceof Blob) return form.append(name, part);
  if (typeof part !== 'object') return form.append(name, String(part));
  const type = part.type ?? 'application/octet-stream';
  const fileName = part.name ?? (part.path === undefined ? 'file' : basename(part.path));
  form.append(name, new Blob([await contentsOf(name, part)], { type }), fileName);
}

async function contentsOf(name: string, { path, contents }: UploadFile): Promise<Uint8Array<ArrayBuffer>> {
  const facts = { name: `multipart.${name}` };
  if ((path === undefined) === (contents === undefined)) {
    throw new SluiceError('request-invalid', `the file in ${name} wants either a path or its contents`, { facts });
  }
  if (path === undefined) return copyOf(contents ?? '');
  try {
    return copyOf(await readFile(path));
  } catch (error) {
    throw new SluiceError('request-invalid', `cannot read the file in ${name}`, { facts, cause: error });
  }
}

/** What a Blob takes: bytes in memory that nobody else can be writing to. */
function copyOf(contents: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof contents === 'string' ? new TextEncoder().encode(contents) : Uint8Array.from(contents);
}

type Identity = readonly [name: string, fileName: string | null, type: string | null, contents: string];

async function identify(name: string, value: string | File): Promise<Identity> {
  if (typeof value === 'string') return [name, null, null, value];
  const hash = createHash('sha256').update(new Uint8Array(await value.arrayBuffer()));
  return [name, value.name, value.type, hash.digest('hex')];
}

function isList(value: UploadPart | readonly UploadPart[]): value is readonly UploadPart[] {
  return Array.isArray(value);
}
