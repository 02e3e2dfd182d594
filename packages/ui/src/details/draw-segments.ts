/** Draws segments on a canvas: what is here is filled, what is flowing ends in a gate, borders part the rest. */
import type { DownloadDetails } from '@sluice/contract';

export interface SegmentColors {
  readonly here: string;
  readonly track: string;
  readonly flowing: string;
  readonly border: string;
}

export interface SegmentDrawing {
  readonly segments: DownloadDetails['segments'];
  readonly sizeBytes: number | null;
  readonly isFinished: boolean;
  readonly colors: SegmentColors;
}

type Canvas2d = Pick<CanvasRenderingContext2D, 'clearRect' | 'fillRect' | 'fillStyle'> & {
  readonly canvas: { readonly width: number; readonly height: number };
};

export function drawSegments(context: Canvas2d, { segments, sizeBytes, isFinished, colors }: SegmentDrawing): void {
  const { width, height } = context.canvas;
  const gate = Math.max(2, Math.round(height / 14));
  context.clearRect(0, 0, width, height);
  fill(colors.track, 0, width);
  if (isFinished) {
    fill(colors.here, 0, width);
    return;
  }
  // Without a known size the map shows the part that is known: what has come so far.
  const total = sizeBytes ?? Math.max(1, ...segments.map((segment) => segment.position));
  const x = (byte: number) => (byte / total) * width;
  for (const { start, position } of segments) fill(colors.here, x(start), x(position));
  for (const { start } of segments) if (start > 0) fill(colors.border, x(start) - 1, x(start));
  for (const { position, active } of segments) {
    if (active) fill(colors.flowing, x(position) - gate / 2, x(position) + gate / 2);
  }

  function fill(color: string, from: number, to: number): void {
    const left = Math.round(from);
    context.fillStyle = color;
    context.fillRect(left, 0, Math.max(0, Math.round(to) - left), height);
  }
}
