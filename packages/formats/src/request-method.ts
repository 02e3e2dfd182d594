/** The methods that a download may have. */
import { type RequestOptions, requestOptionsSchema } from '@sluice/contract';

const schema = requestOptionsSchema.shape.method.unwrap();

/** @returns null for one that Sluice does not send */
export function requestMethod(text: string): NonNullable<RequestOptions['method']> | null {
  return schema.safeParse(text.toUpperCase()).data ?? null;
}
