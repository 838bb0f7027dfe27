import type { Context } from 'koa';
import type { Consent } from '../../domain/consent/consent.ts';
import type { Passkey } from '../../domain/passkeys/passkey.ts';
import type { Passkey as ShownPasskey } from '../../../views/models.ts';
import { renderAccountPage } from '../../../views/account.ts';
import { sendPage, toGivenName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toAccountServices } from './account-model.ts';
import type { ConsentReader } from './account-model.ts';
import { findActivity } from './activity.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

export function toShownPasskey(passkey: Passkey): ShownPasskey {
  return {
    name: null,
    binding: passkey.isBackupEligible ? 'synced' : 'device-bound',
    level: 'substantial',
    createdAt: passkey.createdAt,
    lastUsedAt: passkey.lastUsedAt,
  };
}

export async function createConsentReader(needs: PageNeeds, account: Account, consents: readonly Consent[]): Promise<ConsentReader> {
  const found = await Promise.all([...new Set(consents.map((consent) => consent.clientId))].map(needs.agencies.findService));
  const services = new Map(
    found.filter((registered) => registered !== undefined).map((registered) => [registered.service.clientId, registered]),
  );
  return {
    language: account.language,
    now: needs.clock.now(),
    token: account.token,
    receipts: await needs.consents.listReceipts(account.person.id),
    findService: (clientId) => services.get(clientId),
  };
}

export async function showAccount(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const consents = await needs.consents.listConsents(account.person.id);
  const reader = await createConsentReader(needs, account, consents);
  const passkeys = await needs.passkeys.listPasskeys(account.person.id);
  const activity = await findActivity(needs, account.person.id, reader);
  const page = renderAccountPage(account.frame, {
    givenName: toGivenName(account.data, account.language),
    lastSignInAt: activity.lastSignInAt,
    services: toAccountServices(consents, reader, activity.lastUsedAt),
    activity: activity.items.slice(0, 6),
    passkeys: passkeys.map(toShownPasskey),
    passkeysUrl: '/account/passkeys',
  });
  sendPage(ctx, page);
}
