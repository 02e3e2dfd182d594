/** A form with files in it, as `multipart/form-data` (RFC 7578): files are read when they are sent. */
import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { SluiceError } from '@sluice/contract';
import type { BodySource } from '@sluice/engine';
import { blobSource, bytesSource, fileSource, hashOfBlob, joinSources } from './body-source.ts';
import type { DescribedBody } from './described-body.ts';
import type { Upload, UploadFile, UploadPart } from './description.ts';

interface Part {
  readonly name: string;
  /** Null for a plain value. */
  readonly file: { readonly name: string; readonly type: string } | null;
  readonly content: BodySource;
  /** Equal for equal contents, as far as that can be told without reading a file. */
  readonly identity: string;
}

/**
 * The boundary between the parts differs from call to call, as it must not occur in any of them; the identity is made
 * from the parts themselves, so it does not.
 * @throws SluiceError `request-invalid` (facts: `name`, the part) for a file that cannot be read
 */
export async function describeUpload(upload: Upload): Promise<DescribedBody> {
  const parts = await Promise.all(entriesOf(upload).map(([name, part]) => describePart(name, part)));
  const boundary = `sluice-${randomUUID()}`;
  const framed = parts.flatMap((part) => [textSource(headOf(part, boundary)), part.content, textSource('\r\n')]);
  const ordered = parts
    .map(({ name, file, identity }) => [name, file?.name ?? null, file?.type ?? null, identity] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return {
    content: joinSources([...framed, textSource(`--${boundary}--\r\n`)]),
    contentType: `multipart/form-data; boundary=${boundary}`,
    identity: `multipart ${JSON.stringify(ordered)}`,
  };
}

function entriesOf(upload: Upload): readonly (readonly [string, UploadPart])[] {
  if (upload instanceof FormData) return [...upload];
  return Object.entries(upload).flatMap(([name, value]) =>
    (isList(value) ? value : [value]).map((part): readonly [string, UploadPart] => [name, part]),
  );
}

async function describePart(name: string, part: UploadPart): Promise<Part> {
  if (part instanceof Blob) {
    const file = { name: part instanceof File ? part.name : 'blob', type: part.type || 'application/octet-stream' };
    return { name, file, content: blobSource(part), identity: await hashOfBlob(part) };
  }
  if (typeof part !== 'object') {
    const text = String(part).replace(/\r?\n|\r/gu, '\r\n');
    return { name, file: null, content: textSource(text), identity: text };
  }
  const fileName = part.name ?? (part.path === undefined ? 'file' : basename(part.path));
  const file = { name: fileName, type: part.type ?? 'application/octet-stream' };
  return { name, file, ...(await contentsOf(name, part)) };
}

async function contentsOf(name: string, { path, contents }: UploadFile): Promise<Pick<Part, 'content' | 'identity'>> {
  const option = `multipart.${name}`;
  if ((path === undefined) === (contents === undefined)) {
    const detail = `the file in ${name} wants either a path or its contents`;
    throw new SluiceError('request-invalid', detail, { facts: { name: option } });
  }
  if (path !== undefined) {
    const content = await fileSource(path, option);
    return { content, identity: content.identity };
  }
  // A copy: what the caller writes into its own bytes later is not sent.
  const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : Uint8Array.from(contents ?? []);
  return { content: bytesSource(bytes), identity: hashOf(bytes) };
}

function headOf({ name, file }: Part, boundary: string): string {
  const disposition = `Content-Disposition: form-data; name="${escape(name)}"`;
  if (file === null) return `--${boundary}\r\n${disposition}\r\n\r\n`;
  const type = file.type.replace(/[\r\n]/gu, '');
  return `--${boundary}\r\n${disposition}; filename="${escape(file.name)}"\r\nContent-Type: ${type}\r\n\r\n`;
}

/** As browsers do it, whatever the RFC leaves open (HTML, "multipart/form-data encoding algorithm"). */
function escape(text: string): string {
  return text.replace(/[\r\n"]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function textSource(text: string): BodySource {
  return bytesSource(new TextEncoder().encode(text));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isList(value: UploadPart | readonly UploadPart[]): value is readonly UploadPart[] {
  return Array.isArray(value);
}
