/** Sends the body of an answer: fast from reused buffers, paced, stalled or cut short as the script says. */
import type { Answer } from './answer.ts';
import type { BodySource } from './body-source.ts';
import type { Wire } from './wire.ts';

const pieceBytes = 256 * 1024;
const pacedPieceBytes = 16 * 1024;
const idlePieces: Uint8Array[] = [];

export interface BodyPlan {
  readonly source: BodySource;
  readonly framing: 'length' | 'chunked' | 'close';
  readonly bytesPerSecond: number;
  readonly answer: Answer;
  onSent(lengthBytes: number): void;
}

/**
 * @returns `whole` after the last byte, `cut` when the script ended the body before
 * @throws ClientGone
 */
export async function sendBody(wire: Wire, plan: BodyPlan): Promise<'whole' | 'cut'> {
  const pieces = [takePiece(plan.source.lengthBytes), takePiece(plan.source.lengthBytes)] as const;
  try {
    return await pump(wire, plan, pieces);
  } finally {
    // A piece may still be in a write that failed; nothing is sent from it any more, so it may be used again.
    for (const piece of pieces) if (piece.length === pieceBytes) idlePieces.push(piece);
  }
}

async function pump(wire: Wire, plan: BodyPlan, pieces: readonly [Uint8Array, Uint8Array]): Promise<'whole' | 'cut'> {
  const { source, framing, answer } = plan;
  const cutAt = typeof answer.end?.afterBytes === 'number' ? answer.end.afterBytes : Infinity;
  const lastByte = Math.min(source.lengthBytes, cutAt);
  const pace = paceOf(wire, plan);
  let position = 0;
  let turn = 0;
  let writing: Promise<void> = Promise.resolve();
  const settle = async (): Promise<void> => {
    await writing;
    await wire.flush();
  };
  while (position < lastByte) {
    if (answer.stall?.afterBytes === position) {
      await settle();
      await wire.until(answer.stall.until.pass());
    }
    const limit = answer.stall !== undefined && answer.stall.afterBytes > position ? answer.stall.afterBytes : lastByte;
    const longest = Math.min(pace.pieceBytes, framing === 'chunked' ? (answer.chunkBytes ?? 64 * 1024) : Infinity);
    const buffer = turn % 2 === 0 ? pieces[0] : pieces[1];
    const piece = buffer.subarray(0, Math.min(longest, buffer.length, limit - position, lastByte - position));
    source.read(piece, position);
    await writing;
    writing = wire.write(framing === 'chunked' ? chunkOf(piece) : piece);
    // The failure is seen at the next await; until then it must not count as unhandled.
    writing.catch(() => {});
    position += piece.length;
    turn += 1;
    plan.onSent(piece.length);
    if (pace.isPaced) await pace.waitFor(position);
  }
  if (answer.stall?.afterBytes === position) {
    await settle();
    await wire.until(answer.stall.until.pass());
  }
  const isCut = cutAt < source.lengthBytes;
  if (framing === 'chunked' && !isCut) wire.hold(lastChunk(answer.trailers ?? []));
  await settle();
  return isCut ? 'cut' : 'whole';
}

function takePiece(bodyBytes: number): Uint8Array {
  if (bodyBytes < pieceBytes) return new Uint8Array(bodyBytes);
  return idlePieces.pop() ?? new Uint8Array(pieceBytes);
}

function chunkOf(piece: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
}

function lastChunk(trailers: readonly string[]): Uint8Array {
  return Buffer.from(`0\r\n${trailers.map((line) => `${line}\r\n`).join('')}\r\n`, 'latin1');
}

interface Pace {
  readonly isPaced: boolean;
  readonly pieceBytes: number;
  waitFor(sentBytes: number): Promise<void>;
}

function paceOf(wire: Wire, { answer, bytesPerSecond }: BodyPlan): Pace {
  const { slow } = answer;
  if (slow === undefined) return createPace(wire, bytesPerSecond);
  const { until } = slow;
  const before = createPace(wire, slow.bytesPerSecond);
  let after: { readonly pace: Pace; readonly fromBytes: number } | null = null;
  return {
    isPaced: true,
    pieceBytes: before.pieceBytes,
    async waitFor(sentBytes) {
      if (!until.isOpen) await Promise.race([before.waitFor(sentBytes), until.pass()]);
      if (!until.isOpen) return;
      after ??= { pace: createPace(wire, bytesPerSecond), fromBytes: sentBytes };
      await after.pace.waitFor(sentBytes - after.fromBytes);
    },
  };
}

function createPace(wire: Wire, bytesPerSecond: number): Pace {
  const startedAtMs = performance.now();
  const isPaced = bytesPerSecond !== Infinity;
  return {
    isPaced,
    pieceBytes: isPaced ? Math.max(1, Math.min(pacedPieceBytes, Math.floor(bytesPerSecond / 25))) : pieceBytes,
    async waitFor(sentBytes) {
      const dueMs = startedAtMs + (sentBytes / bytesPerSecond) * 1000 - performance.now();
      if (dueMs > 1) await wire.sleep(dueMs);
    },
  };
}
