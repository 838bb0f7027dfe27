// The history of sign-ins, from the entries about the person: what an auditor sees of them, with the names that only the person knows.

import type { Context } from 'koa';
import { z } from 'zod';
import type { OwnEntry } from '../../domain/home/store.ts';
import type { EventType } from '../../domain/ledger/event.ts';
import { levelNames } from '../../domain/kernel/levels.ts';
import { isFirstParty } from '../../oidc/clients.ts';
import { parseDeviceText } from '../../oidc/device.ts';
import { renderSignInsPage } from '../../../views/sign-ins.ts';
import type { SignIn, UsedPasskey } from '../../../views/sign-ins-model.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { isMarkOf } from '../passkey-mark.ts';
import { createServiceReader } from './account-model.ts';
import type { ServiceReader } from './account-model.ts';
import { toActivityUrl } from './activity.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';
import { findSessionEnd } from './session-end.ts';
import { readPasskeysEver } from './own-passkeys.ts';
import type { OwnPasskey } from './own-passkeys.ts';

const url = '/account/sign-ins';
const pageSize = 20;
const types: readonly EventType[] = ['session.started', 'session.ended', 'passkey.suspended'];

const bodySchema = z.object({
  payload: z.object({
    acr: z.string().optional(),
    device: z.string().optional(),
    passkey: z.string().optional(),
    shared_computer: z.boolean().optional(),
  }),
});

type Reader = { readonly services: ServiceReader; readonly findUsed: (mark: string | undefined) => UsedPasskey | null };

function createFindUsed(needs: PageNeeds, passkeys: readonly OwnPasskey[], alive: ReadonlySet<string>): Reader['findUsed'] {
  return (mark) => {
    const used = mark === undefined ? undefined : passkeys.find(({ passkey }) => isMarkOf(needs, mark, passkey.id));
    return used === undefined ? null : { ...used.shown, isRemoved: !alive.has(used.passkey.id) };
  };
}

function findServiceName({ service }: OwnEntry, { services }: Reader): string | null {
  const registered = service === null || isFirstParty(service) ? undefined : services.findService(service);
  return registered?.service.name[services.language] ?? null;
}

function toSignIn(entry: OwnEntry, reader: Reader): SignIn {
  const { payload } = bodySchema.parse(JSON.parse(entry.body));
  const place = { at: entry.at, url: toActivityUrl(entry.id) };
  if (entry.type === 'session.ended') {
    return { kind: 'ended', ...place, reason: findSessionEnd(entry.body) };
  }
  if (entry.type === 'passkey.suspended') {
    return { kind: 'suspended', ...place };
  }
  return {
    kind: 'started',
    ...place,
    device: parseDeviceText(payload.device ?? null),
    serviceName: findServiceName(entry, reader),
    passkey: reader.findUsed(payload.passkey),
    level: payload.acr === levelNames.high ? 'high' : 'substantial',
    isShared: payload.shared_computer === true,
  };
}

export async function showSignIns(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const list = { personId: account.person.id, name: 'sign-ins' };
  const before = parsePlace(needs, ctx, { list, schema: z.string() });
  const found = await needs.home.readEntries(account.person.id, { types }, { before, limit: pageSize });
  const passkeys = await readPasskeysEver(needs, account);
  const alive = new Set((await needs.passkeys.listPasskeys(account.person.id)).map(({ id }) => id));
  const named = found.entries.flatMap(({ service }) => (service === null ? [] : [{ clientId: service }]));
  const services = await createServiceReader(needs, account, named);
  const reader = { services, findUsed: createFindUsed(needs, passkeys, alive) };
  const page = renderSignInsPage(account.frame, {
    items: found.entries.map((entry) => toSignIn(entry, reader)),
    olderUrl: found.next === null ? null : toListUrl(url, {}, createCursor(needs, list, found.next)),
    newestUrl: before === null ? null : url,
    securityUrl: '/account/security',
    freezeUrl: '/account/freeze',
  });
  sendPage(ctx, page);
}
