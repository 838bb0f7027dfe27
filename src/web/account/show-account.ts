import type { Context } from 'koa';
import type { Consent } from '../../domain/consent/consent.ts';
import type { Entry } from '../../domain/ledger/store.ts';
import type { Passkey } from '../../domain/passkeys/passkey.ts';
import type { Passkey as ShownPasskey } from '../../../views/models.ts';
import type { EndingSoon } from '../../../views/account-model.ts';
import { renderAccountPage } from '../../../views/account.ts';
import { sendPage, toGivenName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toAccountServices, toPurposeText, toServiceUrl, toShownState } from './account-model.ts';
import type { ConsentReader } from './account-model.ts';
import { findActivity } from './activity.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

/** A key that can leave its device is synced; one that is plugged in or held near, and only that, is a security key. */
function toPasskeyKind({ isBackupEligible, transports }: Passkey): ShownPasskey['kind'] {
  if (isBackupEligible) {
    return 'synced';
  }
  const isCarried = transports.some((transport) => transport === 'usb' || transport === 'nfc');
  return isCarried && !transports.includes('internal') ? 'security-key' : 'device-bound';
}

export function toShownPasskey(passkey: Passkey): ShownPasskey {
  return {
    name: null,
    kind: toPasskeyKind(passkey),
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

function findLastUse(entries: readonly Entry[], clientId: string): number | null {
  return entries.find((entry) => entry.type === 'service.entered' && entry.service === clientId)?.at ?? null;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The consent that ends first, when it does soon. */
function findEndingSoon(consents: readonly Consent[], reader: ConsentReader): EndingSoon | null {
  const [first] = consents
    .filter((consent) => toShownState(consent, reader.now) === 'ends-soon')
    .toSorted((one, other) => one.expiresAt - other.expiresAt);
  if (first === undefined) {
    return null;
  }
  const days = Math.max(1, Math.floor((first.expiresAt - reader.now) / dayMs));
  return { purpose: toPurposeText(first, reader), endsAt: first.expiresAt, days, url: toServiceUrl(first.clientId) };
}

export async function showAccount(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const consents = await needs.consents.listConsents(account.person.id);
  const reader = await createConsentReader(needs, account, consents);
  const passkeys = await needs.passkeys.listPasskeys(account.person.id);
  const { items, entries } = await findActivity(needs, { personId: account.person.id, limit: 50 }, reader);
  const signIns = entries.filter((entry) => entry.type === 'session.started');
  const page = renderAccountPage(account.frame, {
    givenName: toGivenName(account.data, account.language),
    lastSignInAt: signIns[1]?.at ?? null,
    latest: items.find((item) => item.receipt !== null && reader.now - item.at < dayMs) ?? null,
    endingSoon: findEndingSoon(consents, reader),
    services: toAccountServices(consents, reader, (clientId) => findLastUse(entries, clientId)),
    activity: items.slice(0, 6),
    passkeys: passkeys.map(toShownPasskey),
  });
  sendPage(ctx, page);
}
