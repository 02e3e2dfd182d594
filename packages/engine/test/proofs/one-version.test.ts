/** Whatever a server answers: what is finished is of one version, byte by byte. In memory, in virtual time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isBeginning, serverPlan, versionOf } from './answers.ts';
import { type Form, drive } from './drive.ts';

/** 10 000 plans as a rule; `pnpm sweep --seeds` tells how many batches there are to be. */
const plansPerBatch = 500;
const usualBatches = 20;
const batches = process.env['SLUICE_SWEEP'] === 'full' ? Number(process.env['SLUICE_SEEDS'] ?? 200) : usualBatches;

const form = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Form>('file') },
  { weight: 4, arbitrary: fc.constant<Form>('sequence') },
  fc.constant<Form>('list'),
);

it.each(Array.from({ length: batches }, (_unused, index) => index + 1))(
  'F65 F67 F102 F115 F132 one version is what is saved, batch %i',
  async (batch) => {
    await fc.assert(
      fc.asyncProperty(form, serverPlan, async (how, plan) => {
        const { bytes, isFinished, isUndetectable } = await drive(how, plan);
        if (isUndetectable || bytes === null) return;
        if (isFinished) expect(versionOf(bytes)).not.toBeNull();
        else expect(isBeginning(bytes)).toBe(true);
      }),
      { numRuns: plansPerBatch, seed: batch },
    );
  },
  600_000,
);
