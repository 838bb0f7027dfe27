// The tests that the mutants of one file have to get past; `run.ts` names them.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: (process.env['HUWIYA_MUTANTS_MEET'] ?? 'tests/unit/{ledger,interop,verifier}/*.test.ts').split(','),
    testTimeout: 120_000,
  },
});
