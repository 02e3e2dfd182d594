/** Turns what a caller wants to send into bytes, their media type, and what tells this body from others. */
import { createHash } from 'node:crypto';
import { SluiceError } from '@sluice/contract';
import { canonicalJson } from './canonical-json.ts';
import type { RequestDescription } from './description.ts';
import { inNormalOrder, pairsOf } from './fields.ts';
import { describeUpload } from './upload.ts';

export interface DescribedBody {
  readonly bytes: Uint8Array;
  /** Null where only the caller can say. */
  readonly contentType: string | null;
  /** Equal for bodies that mean the same. */
  readonly identity: string;
}

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
      bytes: toBytes(new URLSearchParams(pairs).toString()),
      contentType: 'application/x-www-form-urlencoded',
      identity: `form ${JSON.stringify(inNormalOrder(pairs))}`,
    };
  }
  if (description.multipart !== undefined) return describeUpload(description.multipart);
  const { body = '' } = description;
  const bytes = typeof body === 'string' ? toBytes(body) : body;
  return { bytes, contentType: null, identity: `bytes ${createHash('sha256').update(bytes).digest('hex')}` };
}

function describeJson(json: unknown): DescribedBody {
  try {
    const text = JSON.stringify(json);
    return { bytes: toBytes(text), contentType: 'application/json', identity: `json ${canonicalJson(json)}` };
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
