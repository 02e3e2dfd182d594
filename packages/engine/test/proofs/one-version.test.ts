/** Whatever a server answers: what is finished is of one version, byte by byte. In memory, in virtual time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noteTried, seedsFor } from '../crash/sweep-scale.ts';
import { isBeginning, serverPlan, versionOf } from './answers.ts';
import { type Form, drive } from './drive.ts';

/** 10 000 plans as a rule; `pnpm sweep --seeds` tells how many batches there are to be. */
const plansPerBatch = 500;
const batches = seedsFor({ usual: 20, sweep: 100 });

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
    noteTried('plans', plansPerBatch);
  },
  600_000,
);
