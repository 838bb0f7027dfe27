// One service: per purpose what it sees, on which terms, each decision about it and who took it, and what it was sent lately.

import type { Context } from 'koa';
import { z } from 'zod';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import { findPurpose, standardDetails } from '../../domain/agencies/agency.ts';
import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import { toState } from '../../domain/consent/consent.ts';
import type { StoredConsent } from '../../domain/consent/consent.ts';
import { isSuperseded } from '../../domain/consent/superseded.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import type { PersonKind } from '../../domain/people/person.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import type { OwnDecision } from '../../domain/home/store.ts';
import { renderServicePage } from '../../../views/service.ts';
import type { HistoryItem, ServiceConsent } from '../../../views/account-model.ts';
import type { Asker } from '../../../views/models.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { findDoor } from '../service-door.ts';
import { toFixedTerms } from '../interactions/purpose-terms.ts';
import { createConsentReader, toAccountConsent, toControls, toPurposeText, toReceiptLink, toServiceUrl } from './account-model.ts';
import type { ConsentReader } from './account-model.ts';
import { createDutyReader, readErasable } from './duty-items.ts';
import type { DutyReader } from './duty-items.ts';
import { findActivity } from './activity.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

const pageSize = 10;
const activityShown = 10;

export function toRegisteredAsker(registered: RegisteredService, language: 'ar' | 'en'): Asker {
  const uris = registered.service.metadata['redirect_uris'];
  const uri: unknown = Array.isArray(uris) ? uris[0] : undefined;
  const domain = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : '';
  return { serviceName: registered.service.name[language], agencyName: registered.agency.name[language], domain };
}

function toHistory(decision: OwnDecision): HistoryItem {
  return { kind: decision.change, at: decision.createdAt, actedBy: decision.actedBy, receipt: toReceiptLink(decision) };
}

/** `agreed`: the purpose as it was agreed to; what an agency changed since binds it to nothing new. */
type Shown = {
  readonly registered: RegisteredService;
  readonly agreed: Purpose | undefined;
  /** Of the person, now. */
  readonly kind: PersonKind;
  readonly findDuties: DutyReader;
  /** By record. */
  readonly erasable: ReadonlyMap<string, readonly string[]>;
};

/** Whether it would let data leave, were there not more asked now than was agreed to. */
function isOutgrown(consent: StoredConsent, { registered, agreed, kind }: Shown, now: Millis): boolean {
  const purpose = findPurpose(registered, consent.purposeId);
  const stands = ['given', 'notified', 'paused'].includes(toState(consent, now));
  return stands && (purpose === undefined || isSuperseded(consent, { purpose, agreed, kind, service: registered.service }));
}

/** A purpose whose version cannot be read any more says only what its consent says. */
function toAgreedTerms({ registered, agreed }: Pick<Shown, 'registered' | 'agreed'>, text: string, language: 'ar' | 'en') {
  const bare = { clientId: '', id: '', version: 0, isDefault: false, legalBasis: { type: 'consent', lawRef: null } } as const;
  const unknown: Purpose = {
    ...standardDetails,
    ...bare,
    text: { ar: text, en: text },
    retention: 'P0D',
    expiresAfter: 'P1Y',
    attributes: [],
  };
  return toFixedTerms(registered, agreed ?? unknown, language);
}

function toServiceConsent(consent: StoredConsent, shown: Shown, reader: ConsentReader): ServiceConsent {
  const duties = shown.findDuties(consent.id);
  const controls = toControls(consent, shown.erasable.get(consent.id) ?? [], reader);
  const isLeftBehind = isOutgrown(consent, shown, reader.now);
  return {
    ...toAccountConsent(consent, reader),
    isSuperseded: isLeftBehind,
    isByLaw: consent.basis !== 'consent',
    controls: isLeftBehind ? { ...controls, resume: null } : controls,
    uses: consent.uses,
    lastUsedAt: consent.lastUsedAt,
    attributes: consent.attributes.map((decided) => {
      const attribute = getAttribute(decided.name);
      return {
        label: attribute.labels[reader.language],
        necessity: decided.necessity,
        decision: decided.decision,
        answerOnly: attribute.forms.every((form) => form === 'yes_no'),
        sensitive: attribute.sensitivity !== 'normal',
        source: attribute.source.id === 'self' ? null : attribute.source.labels[reader.language],
      };
    }),
    terms: {
      ...toAgreedTerms(shown, toPurposeText(consent, reader), reader.language),
      endsAt: consent.expiresAt,
      isOffline: consent.isOffline,
    },
    duties,
    history: reader.findDecisions(consent.id).map(toHistory),
  };
}

const placeSchema = z.object({ decidedAt: z.int(), id: z.string() });

async function findConsents(needs: PageNeeds, ctx: Context, asked: { readonly account: Account; readonly clientId: string }) {
  const personId = asked.account.person.id;
  const list = { personId, name: `service:${asked.clientId}` };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const { consents, next } = await needs.home.readConsents(personId, asked.clientId, { after, limit: pageSize });
  const url = toServiceUrl(asked.clientId);
  return {
    consents,
    moreUrl: next === null ? null : toListUrl(url, {}, createCursor(needs, list, next)),
    firstUrl: after === null ? null : url,
  };
}

export async function showService(needs: PageNeeds, ctx: Context, clientId: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const registered = await needs.agencies.findService(clientId);
  const { consents, ...pages } = await findConsents(needs, ctx, { account, clientId });
  if (registered === undefined || consents.length === 0) {
    throw new Fault('consent/not-found', 'no consent of this person for this service');
  }
  const findDuties = await createDutyReader(needs, account);
  const erasable = await readErasable(needs, account, consents);
  const reader = await createConsentReader(needs, account, consents);
  const lately = { filter: { service: clientId }, page: { before: null, limit: activityShown } };
  const { items } = await findActivity(needs, account, lately);
  const page = renderServicePage(account.frame, {
    clientId,
    asker: toRegisteredAsker(registered, account.language),
    doorUrl: findDoor(needs.issuer, registered.service),
    accountUrl: '/account',
    consents: await Promise.all(
      consents.map(async (consent) => {
        const agreed = await needs.agencies.findPurposeVersion(clientId, consent.purposeId, consent.purposeVersion);
        return toServiceConsent(consent, { registered, agreed, findDuties, erasable, kind: account.person.kind }, reader);
      }),
    ),
    activity: items,
    activityUrl: toListUrl('/account/activity', { service: clientId }, null),
    reportUrl: toListUrl('/account/report', { service: clientId }, null),
    ...pages,
  });
  sendPage(ctx, page);
}
