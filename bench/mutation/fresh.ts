// The files of tests share what they have loaded, which is most of the time of a mutant. What is made while they are loaded is made by the code as it is;
// only a mutant that shows while the code itself is loaded has all of it loaded again, and so has the one after it.

import { afterAll, vi } from 'vitest';

declare global {
  var __stryker__: { activeMutant?: string | undefined; isStale?: boolean } | undefined;
}

const state = (globalThis.__stryker__ ??= {});
// Stryker names a mutant of loading before this, and any other one only when the tests begin.
const isOfLoading = state.activeMutant !== undefined;
if (isOfLoading || state.isStale === true) {
  vi.resetModules();
}
state.isStale = isOfLoading;

afterAll(() => {
  state.activeMutant = undefined;
});
