/**
 * What `pnpm mutate` runs for each mutant: the tests of the pure rules. Tests of growth are left out, since they time the
 * code and Stryker's instruments slow it.
 */
import { defineConfig } from 'vitest/config';

const rules = 'test/{plan,download}/**/*.test.ts';
const formats = 'test/store/{range-set,extent-ledger,foreign-signs,forged-journals,staged-sign,journal/*}.test.ts';

export default defineConfig({
  test: { testTimeout: 60_000, include: [rules, formats], exclude: ['test/plan/growth.test.ts'] },
});
