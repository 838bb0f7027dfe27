// Everything that serves once, by who uses it. Whatever else is consumed by its first use belongs here too.

import { approvalUses } from './approvals.ts';
import type { SingleUse } from './arena.ts';
import { ceremonyUses } from './ceremonies.ts';
import { decisionUses } from './decisions.ts';
import type { Duel } from './duels.ts';
import { exportUses } from './exports.ts';
import { freezeDuels, freezeUses } from './freezes.ts';
import { protectionUses } from './protection.ts';
import { recoveryDuels, recoveryUses } from './recoveries.ts';
import { tokenUses } from './tokens.ts';
import { unmaskingUses } from './unmaskings.ts';

export const singleUses: readonly SingleUse[] = [
  ...tokenUses,
  ...ceremonyUses,
  ...decisionUses,
  ...approvalUses,
  ...exportUses,
  ...protectionUses,
  ...freezeUses,
  ...recoveryUses,
  ...unmaskingUses,
];

/** What closes while something else would still go through. */
export const duels: readonly Duel[] = [...freezeDuels, ...recoveryDuels];
