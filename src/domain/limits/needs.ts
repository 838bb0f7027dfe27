import type { KeyObject } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { toKeyedDigest } from '../kernel/ids.ts';
import { toCount } from './limit.ts';
import type { Count, LimitRule, LimitRules, Subject } from './limit.ts';
import { createLocalLimits } from './local-limits.ts';
import type { LocalLimits } from './local-limits.ts';
import type { LimitsStore } from './store.ts';

export type LimitNeeds = {
  readonly store: LimitsStore;
  readonly local: LocalLimits;
  readonly rules: LimitRules;
  /** Under which names become digests: there are few addresses of IPv4, and few numbers of people. */
  readonly key: KeyObject;
  readonly clock: Clock;
};

export function createLimiting(needs: Omit<LimitNeeds, 'local'>): LimitNeeds {
  return { ...needs, local: createLocalLimits() };
}

/** Of the subjects that the rule limits, under their names: for the memory of this node, which leaves nothing behind. */
export function toLocalCounts({ rules }: Pick<LimitNeeds, 'rules'>, rule: LimitRule, subjects: readonly Subject[]): readonly Count[] {
  return subjects.flatMap(({ kind, name }) => {
    const limit = rules.get(`${rule}.${kind}`);
    return limit === undefined ? [] : [toCount(`${rule}\n${kind}\n${name}`, limit)];
  });
}

/** What the store sees: no name can be made of its keys. */
export function toStoredCount({ key }: Pick<LimitNeeds, 'key'>, count: Count): Count {
  return { ...count, key: toKeyedDigest(key, `huwiya/limit/1\n${count.key}`) };
}
