// Everything that serves once, by who uses it. Whatever else is consumed by its first use belongs here too.

import { approvalUses } from './approvals.ts';
import type { SingleUse } from './arena.ts';
import { ceremonyUses } from './ceremonies.ts';
import { decisionUses } from './decisions.ts';
import { protectionUses } from './protection.ts';
import { recoveryUses } from './recoveries.ts';
import { tokenUses } from './tokens.ts';

export const singleUses: readonly SingleUse[] = [
  ...tokenUses,
  ...ceremonyUses,
  ...decisionUses,
  ...approvalUses,
  ...protectionUses,
  ...recoveryUses,
];
