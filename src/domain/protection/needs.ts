import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import type { ProtectionStore } from './store.ts';

export type ProtectionNeeds = {
  readonly protection: ProtectionStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly issuer: string;
};
