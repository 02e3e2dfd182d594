/** Turns what a caller wants to send into bytes or a way to read them, their media type, and what tells this body from others. */
import { createHash, randomUUID } from 'node:crypto';
import { SluiceError } from '@sluice/contract';
import { blobSource, fileSource, hashOfBlob, streamSource } from './body-source.ts';
import { canonicalJson } from './canonical-json.ts';
import type { DescribedBody } from './described-body.ts';
import type { RequestDescription } from './description.ts';
import { inNormalOrder, pairsOf } from './fields.ts';
import { describeUpload } from './upload.ts';

/** The ways to give a body, of which a request takes one. */
export const bodyOptions = ['body', 'json', 'form', 'multipart'] as const;

/** @throws SluiceError `request-invalid` (facts: `name`, the option) for two bodies, or one that cannot be sent */
export async function describeBody(description: RequestDescription): Promise<DescribedBody | null> {
  const given = bodyOptions.filter((name) => description[name] !== undefined);
  const [first, second] = given;
  if (first === undefined) return null;
  if (second !== undefined) refuse(second, `a request has one body: ${first} and ${second} exclude each other`);
  if (description.json !== undefined) return describeJson(description.json);
  if (description.form !== undefined) {
    const pairs = pairsOf(description.form);
    return {
      content: toBytes(new URLSearchParams(pairs).toString()),
      contentType: 'application/x-www-form-urlencoded',
      identity: `form ${JSON.stringify(inNormalOrder(pairs))}`,
    };
  }
  if (description.multipart !== undefined) return describeUpload(description.multipart);
  return describeRaw(description.body ?? '');
}

async function describeRaw(body: NonNullable<RequestDescription['body']>): Promise<DescribedBody> {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const content = typeof body === 'string' ? toBytes(body) : body;
    return { content, contentType: null, identity: `bytes ${createHash('sha256').update(content).digest('hex')}` };
  }
  const contentType = 'application/octet-stream';
  if (body instanceof Blob) {
    return {
      content: blobSource(body),
      contentType: body.type || contentType,
      identity: `blob ${await hashOfBlob(body)}`,
    };
  }
  if ('path' in body) {
    const content = await fileSource(body.path, 'body');
    return { content, contentType, identity: `file ${content.identity}` };
  }
  return { content: streamSource(body, 'body'), contentType, identity: `stream ${randomUUID()}` };
}

function describeJson(json: unknown): DescribedBody {
  try {
    const text = JSON.stringify(json);
    return { content: toBytes(text), contentType: 'application/json', identity: `json ${canonicalJson(json)}` };
  } catch (error) {
    throw new SluiceError('request-invalid', 'json holds what JSON cannot say', {
      facts: { name: 'json' },
      cause: error,
    });
  }
}

function refuse(name: string, detail: string): never {
  throw new SluiceError('request-invalid', detail, { facts: { name } });
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
