/** Random servers of two versions: what each of their answers says and brings, and which of them nothing could see through. */
import { seededBytes } from '@sluice/testkit/origin';
import fc from 'fast-check';

const sizeBytes = 272 * 1024;
const sizes = { A: sizeBytes, B: sizeBytes } as const;

export type Version = keyof typeof sizes;
const bodies: Readonly<Record<Version, Uint8Array>> = {
  A: seededBytes(71_001, 0, sizes.A),
  B: seededBytes(71_002, 0, sizes.B),
};

/**
 * How an answer names its version. `own`: a strong tag and a date of it. `dated`: the date alone. `none`: nothing.
 * `weak`: the same weak tag for both. `tagged anew`: another strong tag each time, beside one date for both.
 */
const namings = ['own', 'dated', 'none', 'weak', 'tagged anew'] as const;
type Naming = (typeof namings)[number];

/** What a host does with every range: a lie by nature, told under whatever its answers name. */
const natures = ['honest', 'ignores ranges', 'beginning', 'shifted', 'other version', 'whole file'] as const;
type Nature = (typeof natures)[number];

export interface AnswerPlan {
  readonly version: Version;
  readonly naming: Naming;
  readonly how: 'whole' | 'cut' | 'short' | 'long' | 'busy' | 'redirected' | 'unasked part' | 'wrong start' | 'gone';
  /** Share of the body after which it is cut. */
  readonly at: number;
}

export interface ServerPlan {
  /** Of the two hosts that answer. */
  readonly natures: readonly [Nature, Nature];
  /** In turn; then the last one, uncut, for ever. */
  readonly answers: readonly AnswerPlan[];
  readonly hasMirror: boolean;
}

const answer: fc.Arbitrary<AnswerPlan> = fc.record({
  version: fc.oneof({ weight: 4, arbitrary: fc.constant<Version>('A') }, fc.constant<Version>('B')),
  naming: fc.oneof({ weight: 3, arbitrary: fc.constant<Naming>('own') }, fc.constantFrom(...namings)),
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant<AnswerPlan['how']>('whole') },
    { weight: 4, arbitrary: fc.constant<AnswerPlan['how']>('cut') },
    fc.constantFrom<AnswerPlan['how']>('short', 'long', 'busy', 'redirected', 'unasked part', 'wrong start', 'gone'),
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
});

const nature = fc.oneof({ weight: 4, arbitrary: fc.constant<Nature>('honest') }, fc.constantFrom(...natures));

export const serverPlan: fc.Arbitrary<ServerPlan> = fc.record({
  natures: fc.tuple(nature, nature),
  answers: fc.array(answer, { minLength: 1, maxLength: 8 }),
  hasMirror: fc.boolean(),
});

export interface Asked {
  readonly host: 0 | 1;
  readonly start: number;
  /** Exclusive; null: to the end. */
  readonly end: number | null;
  /** False: no range was asked for. */
  readonly isRange: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly framing: 'length' | 'close';
  /** After so many bytes of the body the connection is reset; null: never. */
  readonly resetAfter: number | null;
  /** To the other host. */
  readonly isRedirect: boolean;
}

/** A server that goes through its plan. */
export class PlannedServer {
  readonly #plan: ServerPlan;
  #index = 0;
  /** Matching validators under bytes of several versions or places, none of which any rule could tell from the others. */
  readonly #weakly = new Set<Version>();
  #isHealed = false;

  constructor(plan: ServerPlan) {
    this.#plan = plan;
  }

  /** Two versions were sent under one weak name: then only the windows that are compared can tell, and they did. */
  get isUndetectable(): boolean {
    return this.#weakly.size > 1;
  }

  /** From now on it is honest, and serves the version of its last answer. */
  heal(): void {
    this.#isHealed = true;
  }

  reply(asked: Asked): Reply {
    const { answers } = this.#plan;
    const last = answers.at(-1);
    const plan = answers[this.#index] ?? (last === undefined ? undefined : { ...last, how: 'whole' as const });
    this.#index += 1;
    if (plan === undefined) throw new Error('a plan has at least one answer');
    const number = this.#index;
    if (this.#isHealed) return honest({ ...plan, how: 'whole', naming: 'own' }, asked, number);
    const chosen = this.#plan.natures[asked.host];
    if (plan.how === 'busy') return bare(503);
    if (plan.how === 'gone') return bare(404);
    if (plan.how === 'redirected' && asked.host === 0) return { ...bare(302), isRedirect: true };
    if (plan.naming === 'weak') this.#weakly.add(plan.version);
    const reply = asked.isRange ? ranged(plan, asked, { nature: chosen, number }) : honest(plan, asked, number);
    return spoilt(reply, plan, asked);
  }
}

function bare(status: number): Reply {
  return { status, headers: {}, body: new Uint8Array(), framing: 'length', resetAfter: null, isRedirect: false };
}

function names({ version, naming }: AnswerPlan, number: number): Record<string, string> {
  const own = version === 'A' ? 'Tue, 02 Jan 2024 03:04:05 GMT' : 'Wed, 03 Jan 2024 03:04:05 GMT';
  const shared = 'Mon, 01 Jan 2024 03:04:05 GMT';
  const date = { date: 'Tue, 01 Jan 2030 00:00:00 GMT' };
  switch (naming) {
    case 'own':
      return { ...date, etag: `"${version}"`, 'last-modified': own };
    case 'dated':
      return { ...date, 'last-modified': own };
    case 'none':
      return date;
    case 'weak':
      return { ...date, etag: 'W/"w"' };
    case 'tagged anew':
      return { ...date, etag: `"${version}-${number}"`, 'last-modified': shared };
    default:
      return naming satisfies never;
  }
}

function honest(plan: AnswerPlan, { start, end, isRange }: Asked, number: number): Reply {
  const whole = bodies[plan.version];
  const headers = { ...names(plan, number), 'accept-ranges': 'bytes' };
  const common = { framing: 'length', resetAfter: null, isRedirect: false } as const;
  if (!isRange) return { ...common, status: 200, headers, body: whole };
  const until = Math.min(end ?? whole.length, whole.length);
  const range = { 'content-range': `bytes ${start}-${until - 1}/${whole.length}` };
  return { ...common, status: 206, headers: { ...headers, ...range }, body: whole.subarray(start, until) };
}

function ranged(plan: AnswerPlan, asked: Asked, how: { readonly nature: Nature; readonly number: number }): Reply {
  const right = honest(plan, asked, how.number);
  const { length } = right.body;
  const whole = bodies[plan.version];
  switch (how.nature) {
    case 'honest':
      return right;
    case 'ignores ranges':
      return honest(plan, { ...asked, isRange: false }, how.number);
    case 'beginning':
      return { ...right, body: whole.subarray(0, length) };
    case 'shifted': {
      const start = Math.max(0, Math.min(whole.length - length, asked.start + 1000));
      return { ...right, body: whole.subarray(start, start + length) };
    }
    case 'other version':
      return { ...right, body: bodies[plan.version === 'A' ? 'B' : 'A'].subarray(asked.start, asked.start + length) };
    case 'whole file':
      return { ...right, body: whole, framing: 'close' };
    default:
      return how.nature satisfies never;
  }
}

function spoilt(reply: Reply, { how, at }: AnswerPlan, asked: Asked): Reply {
  const place = Math.floor(at * reply.body.length);
  switch (how) {
    case 'cut':
      return { ...reply, resetAfter: place };
    case 'short':
      return { ...reply, framing: reply.status === 206 ? 'close' : 'length', resetAfter: place };
    case 'long':
      if (reply.status !== 206) return reply;
      return { ...reply, framing: 'close', body: Buffer.concat([reply.body, reply.body.subarray(0, 5000)]) };
    case 'unasked part':
      if (reply.status !== 200) return reply;
      return {
        ...reply,
        status: 206,
        headers: { ...reply.headers, 'content-range': `bytes 0-${reply.body.length - 1}/${reply.body.length}` },
      };
    case 'wrong start':
      if (reply.status !== 206) return reply;
      return {
        ...reply,
        headers: {
          ...reply.headers,
          'content-range': `bytes ${asked.start + 1}-${asked.start + reply.body.length}/${sizeBytes}`,
        },
      };
    default:
      return reply;
  }
}

/** Which version these bytes are; null when they are neither. */
export function versionOf(bytes: Uint8Array): Version | null {
  if (Buffer.compare(bytes, bodies.A) === 0) return 'A';
  return Buffer.compare(bytes, bodies.B) === 0 ? 'B' : null;
}

/** Whether they begin one version. */
export function isBeginning(bytes: Uint8Array): boolean {
  return Object.values(bodies).some((whole) => Buffer.compare(whole.subarray(0, bytes.length), bytes) === 0);
}
