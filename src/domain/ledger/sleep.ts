// Waiting as a need, so that tests decide how long a wait is.

import { setTimeout } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal is aborted. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export const systemSleep: Sleep = async (milliseconds, signal) => {
  try {
    await setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted !== true) {
      throw error;
    }
  }
};
