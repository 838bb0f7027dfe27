// The person's passkeys as their own pages show them: under the name that the person gave, or else that of whoever keeps the passkey. In an address a passkey is
// named by a digest that is good for nothing else.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { toLevel } from '../../domain/passkeys/authentication-facts.ts';
import { findProvider } from '../../domain/passkeys/find-provider.ts';
import { findModel } from '../../domain/metadata/describe-model.ts';
import { openPasskeyName } from '../../domain/passkeys/passkey-name.ts';
import type { Passkey } from '../../domain/passkeys/passkey.ts';
import { isSettled } from '../../domain/passkeys/settled.ts';
import type { Passkey as ShownPasskey } from '../../../views/models.ts';
import type { PageNeeds } from '../needs.ts';
import { getAccountForPost, isStale } from './open-account.ts';
import type { Account } from './open-account.ts';

/** A key that can leave its device is synced; one that is plugged in or held near, and only that, is a security key. */
function toPasskeyKind({ isBackupEligible, transports }: Passkey): ShownPasskey['kind'] {
  if (isBackupEligible) {
    return 'synced';
  }
  const isCarried = transports.some((transport) => transport === 'usb' || transport === 'nfc');
  return isCarried && !transports.includes('internal') ? 'security-key' : 'device-bound';
}

export type OwnPasskey = {
  readonly passkey: Passkey;
  readonly handle: string;
  readonly shown: ShownPasskey;
};

const toHandle = (id: string): string => toDigest(`passkey-handle:${id}`).slice(0, 22);

type Whose = Pick<Account, 'person' | 'language'>;

async function readNames(needs: PageNeeds, person: Account['person']): Promise<ReadonlyMap<string, string>> {
  const names = await needs.passkeys.listNames(person.id);
  return new Map(names.map(({ passkeyId, sealed }) => [passkeyId, openPasskeyName(needs, { person, passkeyId }, sealed)]));
}

/** Of a model that is not well known, what its maker says of it under the signature of a source; never what the authenticator says of itself. */
async function findKeeper(needs: PageNeeds, { aaguid, standing }: Passkey, language: Account['language']): Promise<string | null> {
  const known = findProvider(aaguid);
  if (known !== undefined) {
    return known[language];
  }
  const model = standing === 'trusted' ? await findModel(needs, aaguid) : undefined;
  return model?.name ?? null;
}

async function withNames(needs: PageNeeds, { person, language }: Whose, passkeys: readonly Passkey[]): Promise<readonly OwnPasskey[]> {
  const names = await readNames(needs, person);
  const shown = passkeys.map(async (passkey) => ({
    passkey,
    handle: toHandle(passkey.id),
    shown: {
      name: names.get(passkey.id) ?? null,
      provider: await findKeeper(needs, passkey, language),
      kind: toPasskeyKind(passkey),
      level: toLevel(passkey),
      createdAt: passkey.createdAt,
      lastUsedAt: passkey.lastUsedAt,
    },
  }));
  return Promise.all(shown);
}

/** Oldest first. */
export async function readPasskeys(needs: PageNeeds, whose: Whose): Promise<readonly OwnPasskey[]> {
  return withNames(needs, whose, await needs.passkeys.listPasskeys(whose.person.id));
}

/** Those that have ended too: a history names what was used then. */
export async function readPasskeysEver(needs: PageNeeds, whose: Whose): Promise<readonly OwnPasskey[]> {
  const { id } = whose.person;
  const lists = [await needs.passkeys.listPasskeys(id), await needs.passkeys.listEndedPasskeys(id)];
  return withNames(needs, whose, lists.flat());
}

/** Throws `passkey/gone` for one that this person does not have, or no longer. */
export function getNamedPasskey(passkeys: readonly OwnPasskey[], handle: string): OwnPasskey {
  const named = passkeys.find((own) => own.handle === handle);
  if (named === undefined) {
    throw new Fault('passkey/gone', 'no passkey of this person has this handle');
  }
  return named;
}

/** For posts of what could let somebody else in, or lock the person out: the ceremony of this session is not older than five minutes (SE-05). */
export async function getFreshAccount(needs: PageNeeds, ctx: Context, token: Parameters<typeof getAccountForPost>[2]): Promise<Account> {
  const account = await getAccountForPost(needs, ctx, token);
  if (isStale(needs, account.session)) {
    throw new Fault('session/too-old', 'the last ceremony is older than five minutes');
  }
  return account;
}

/** For what lets somebody in for good or shuts them out: on a computer that others use, whoever sits there next still holds the ceremony of before. */
export function assertOwnComputer({ session }: Account): void {
  if (session.isShared) {
    throw new Fault('session/shared', 'others use this computer');
  }
}

/** `than`: what an older passkey alone may end at once; absent, whatever nobody takes back. */
export async function assertSettled(needs: PageNeeds, { person, session }: Account, than?: Passkey): Promise<void> {
  const held = { alive: await needs.passkeys.listPasskeys(person.id), ended: await needs.passkeys.listEndedPasskeys(person.id) };
  const own = held.alive.find(({ id }) => id === session.passkeyId);
  if (own === undefined) {
    throw new Fault('session/ended', 'its passkey ended meanwhile');
  }
  const isOlder = than === undefined || than.createdAt < own.createdAt;
  if (isOlder && !isSettled(held, session.passkeyId, needs.clock.now())) {
    throw new Fault('passkey/too-new', 'younger than a day');
  }
}
