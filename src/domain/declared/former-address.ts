// The address that was replaced: for some weeks what concerns the person's access is told there too, because whoever takes over an account changes the address first.

import { dayMs } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { KeyObject } from 'node:crypto';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import type { SealedData } from '../people/person.ts';
import { sealData, unsealData } from '../people/seal-data.ts';

export type FormerAddress = {
  readonly id: string;
  readonly personId: string;
  readonly address: SealedData;
  readonly replacedAt: Millis;
  /** From then on nothing more is sent there. */
  readonly expiresAt: Millis;
};

const toldForMs = 30 * dayMs;

const toOwner = (personId: string): string => `former-address\n${personId}`;

export type FormerNeeds = { readonly random: Random; readonly dataKey: KeyObject };

export type Replaced = {
  readonly personId: string;
  readonly email: string;
  /** The moment of the entry that tells of it: by that the notice finds it. */
  readonly replacedAt: Millis;
};

export function createFormerAddress(needs: FormerNeeds, { personId, email, replacedAt }: Replaced): FormerAddress {
  return {
    id: createUuid(needs.random, replacedAt),
    personId,
    address: sealData(needs, toOwner(personId), { email }),
    replacedAt,
    expiresAt: replacedAt + toldForMs,
  };
}

export function openFormerAddress({ dataKey }: Pick<FormerNeeds, 'dataKey'>, { personId, address }: FormerAddress): string | undefined {
  const { email } = unsealData(dataKey, toOwner(personId), address);
  return typeof email === 'string' ? email : undefined;
}
