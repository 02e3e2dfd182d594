/** The total speed of the last minute, one sample a second. */
import { useEffect, useState } from 'react';
import { useServices } from '../app/services.ts';

export const flowSamples = 60;
const sampleMs = 1000;

/** @returns bytes per second, oldest first; always `flowSamples` of them */
export function useFlow(): readonly number[] {
  const { replica } = useServices();
  const [samples, setSamples] = useState<readonly number[]>(() => Array.from({ length: flowSamples }, () => 0));
  useEffect(() => {
    const timer = setInterval(() => {
      const { totals } = replica.getState();
      setSamples((before) => {
        // A minute of stillness looks the same as the one before: nothing to draw.
        if (totals.speedBytesPerSecond === 0 && before.every((sample) => sample === 0)) return before;
        return [...before.slice(1), totals.speedBytesPerSecond];
      });
    }, sampleMs);
    return () => clearInterval(timer);
  }, [replica]);
  return samples;
}
