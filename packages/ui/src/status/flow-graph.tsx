/** Draws the total speed of the last minute as a running level. */
import { useReplica } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { flowSamples, useFlow } from './use-flow.ts';

const heightUnits = 40;

export function FlowGraph() {
  const { t, formats } = useTexts();
  const speed = useReplica((state) => state.totals.speedBytesPerSecond);
  const samples = useFlow();
  const peak = Math.max(...samples);
  const line = levels(samples, peak);
  const label = peak === 0 ? t('status.flowIdle') : t('status.flow', { speed: formats.speed(peak) });
  return (
    <div className="flow">
      <span className="flow-speed figure" data-idle={speed === 0}>
        {speed === 0 ? t('status.idle') : formats.speed(speed)}
      </span>
      <svg
        className="flow-graph"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${String(flowSamples - 1)} ${String(heightUnits)}`}
        preserveAspectRatio="none"
      >
        {peak > 0 && (
          <path
            className="flow-area"
            d={`${line}L${String(flowSamples - 1)} ${String(heightUnits)}L0 ${String(heightUnits)}Z`}
          />
        )}
        <path className="flow-line" d={line} />
      </svg>
    </div>
  );
}

/** Leaves a tenth of the height above the highest level, so that its line is not cut. */
function levels(samples: readonly number[], peak: number): string {
  return samples
    .map((sample, index) => {
      const level = peak === 0 ? 0 : (sample / peak) * heightUnits * 0.9;
      return `${index === 0 ? 'M' : 'L'}${String(index)} ${(heightUnits - 0.75 - level).toFixed(2)}`;
    })
    .join('');
}
