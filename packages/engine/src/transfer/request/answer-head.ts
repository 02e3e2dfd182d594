/** What the head of an answer tells those who take its bytes. */
import type { HeaderLines } from '../../plan/response/headers.ts';

/** The head of an answer that bytes are taken from. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly finalUrl: string;
}
