/** Draws where in the file bytes are here, where they are flowing, and where none have come yet. */
import type { DownloadDetails } from '@sluice/contract';
import { useEffect, useRef, useState } from 'react';
import { drawSegments, type SegmentColors } from './draw-segments.ts';

export interface SegmentMapProps {
  readonly segments: DownloadDetails['segments'];
  readonly sizeBytes: number | null;
  readonly isFinished: boolean;
  readonly label: string;
}

export function SegmentMap({ segments, sizeBytes, isFinished, label }: SegmentMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const widthPx = useWidth(canvas);
  const scheme = useColorScheme();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined || widthPx === 0) return;
    const scale = window.devicePixelRatio;
    element.width = Math.round(widthPx * scale);
    element.height = Math.round(element.clientHeight * scale);
    drawSegments(context, { segments, sizeBytes, isFinished, colors: colorsOf(element) });
  }, [segments, sizeBytes, isFinished, widthPx, scheme]);
  return <canvas ref={canvas} className="segment-map" role="img" aria-label={label} />;
}

/** A canvas knows no custom properties, so the style sheet hands the colours over in ordinary ones. */
function colorsOf(element: HTMLElement): SegmentColors {
  const style = getComputedStyle(element);
  return { here: style.color, track: style.backgroundColor, flowing: style.caretColor, border: style.outlineColor };
}

function useWidth(canvas: React.RefObject<HTMLCanvasElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas]);
  return widthPx;
}

/** Changes when the colours do: the system's scheme, or the theme of the settings. */
function useColorScheme(): string {
  const [scheme, setScheme] = useState('');
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const update = () => setScheme(`${document.documentElement.dataset['theme'] ?? ''} ${String(dark.matches)}`);
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', update);
    update();
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', update);
    };
  }, []);
  return scheme;
}
