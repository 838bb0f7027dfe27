// The person's consents as the own page shows them; words come from the register and the catalogue.

import { dayMs } from '../../domain/kernel/clock.ts';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import { isValid, toGranted, toState } from '../../domain/consent/consent.ts';
import type { Consent, StoredConsent, Usage } from '../../domain/consent/consent.ts';
import type { Receipt } from '../../domain/consent/store.ts';
import type { OwnDecision } from '../../domain/home/store.ts';
import type { Language } from '../../domain/people/person.ts';
import type { ConsentControls } from '../../../views/account-model.ts';
import type { AccountConsent, AccountService, ConsentState, DecisionReceipt, FormTarget, ReceiptLink } from '../../../views/models.ts';
import type { PageNeeds } from '../needs.ts';
import type { Account } from './open-account.ts';
import { findDoor } from '../service-door.ts';

export type ServiceReader = {
  readonly language: Language;
  readonly now: number;
  readonly token: string;
  readonly issuer: string;
  readonly findService: (clientId: string) => RegisteredService | undefined;
  /** In the version that is named; the registered one where none is. */
  readonly findPurpose: (named: PurposeVersion) => Purpose | undefined;
};

export type PurposeVersion = { readonly clientId: string; readonly purposeId: string; readonly purposeVersion: number | null };

const toKey = ({ clientId, purposeId, purposeVersion }: PurposeVersion): string => `${clientId}\n${purposeId}\n${purposeVersion ?? ''}`;

/** What was agreed to is read in the words of then: the register may say something else today. */
async function createPurposeReader(
  needs: PageNeeds,
  services: ReadonlyMap<string, RegisteredService>,
  named: readonly PurposeVersion[],
): Promise<ServiceReader['findPurpose']> {
  const registered = [...services.values()].flatMap(({ purposes }) => purposes);
  const known = new Map(
    registered.flatMap((purpose) => {
      const place = { clientId: purpose.clientId, purposeId: purpose.id };
      return [
        [toKey({ ...place, purposeVersion: purpose.version }), purpose] as const,
        [toKey({ ...place, purposeVersion: null }), purpose] as const,
      ];
    }),
  );
  const missing = new Map(named.filter((each) => !known.has(toKey(each))).map((each) => [toKey(each), each]));
  for (const [key, { clientId, purposeId, purposeVersion }] of missing) {
    const found = purposeVersion === null ? undefined : await needs.agencies.findPurposeVersion(clientId, purposeId, purposeVersion);
    if (found !== undefined) {
      known.set(key, found);
    }
  }
  return (asked) => known.get(toKey(asked));
}

export type ConsentReader = ServiceReader & {
  /** The newest decisions about a record, newest first. */
  readonly findDecisions: (consentId: string) => readonly OwnDecision[];
};

type Named = { readonly clientId: string } | PurposeVersion;

/** Reads the named services and versions once, so that a page asks for none twice. */
export async function createServiceReader(needs: PageNeeds, account: Account, named: readonly Named[]): Promise<ServiceReader> {
  const clientIds = new Set(named.map(({ clientId }) => clientId));
  const found = await Promise.all([...clientIds].map(needs.agencies.findService));
  const services = new Map(
    found.filter((registered) => registered !== undefined).map((registered) => [registered.service.clientId, registered]),
  );
  return {
    language: account.language,
    now: needs.clock.now(),
    token: account.token,
    issuer: needs.issuer,
    findService: (clientId) => services.get(clientId),
    findPurpose: await createPurposeReader(
      needs,
      services,
      named.filter((each) => 'purposeId' in each),
    ),
  };
}

const decisionsShown = 3;

export async function createConsentReader(needs: PageNeeds, account: Account, consents: readonly Consent[]): Promise<ConsentReader> {
  const ids = consents.map((consent) => consent.id);
  const decisions = Map.groupBy(await needs.home.readDecisions(ids, decisionsShown), ({ consentId }) => consentId);
  return { ...(await createServiceReader(needs, account, consents)), findDecisions: (consentId) => decisions.get(consentId) ?? [] };
}

const soonMs = 14 * dayMs;

export function toShownState(consent: Consent, now: number): ConsentState {
  const state = toState(consent, now);
  return (state === 'given' || state === 'notified') && consent.expiresAt - now < soonMs ? 'ends-soon' : state;
}

export function toServiceUrl(clientId: string): string {
  return `/account/services/${encodeURIComponent(clientId)}`;
}

/** Short enough to read out; `/verify` shows the same. */
function toReceiptNumber(id: string): string {
  const [, first = '', second = ''] = /(.{4})(.{4})$/.exec(id.toUpperCase()) ?? [];
  return `R-${first}-${second}`;
}

export function toReceiptLink({ id, createdAt }: Pick<Receipt, 'id' | 'createdAt'>): ReceiptLink {
  return { pageUrl: `/account/receipts/${id}`, url: `/account/receipts/${id}.json`, number: toReceiptNumber(id), issuedAt: createdAt };
}

function toDecisionReceipt(decision: OwnDecision): DecisionReceipt {
  return { ...toReceiptLink(decision), kind: decision.change };
}

/** In the words that were agreed to. */
export function toPurposeText(consent: Consent, reader: Pick<ServiceReader, 'findPurpose' | 'language'>): string {
  return reader.findPurpose(consent)?.text[reader.language] ?? consent.purposeId;
}

type Doing = 'withdraw' | 'pause' | 'resume' | 'narrow' | 'erase';

const toForm = ({ id }: Consent, doing: Doing, { token }: ServiceReader): FormTarget => ({
  action: `/account/consents/${id}/${doing}`,
  token,
});

/** What stands by law stands whatever the person says; what has run out needs no withdrawal. */
function canWithdraw(consent: Consent, now: number): boolean {
  return consent.basis === 'consent' && ['given', 'paused'].includes(toState(consent, now));
}

/** `erasable`: names of what the agency can still be asked to erase, whatever stands now. */
export function toControls(consent: StoredConsent, erasable: readonly string[], reader: ServiceReader): ConsentControls {
  const state = consent.basis === 'consent' ? toState(consent, reader.now) : null;
  const chosen = consent.attributes.filter(({ decision, necessity }) => decision === 'granted' && necessity === 'optional');
  const choices = chosen.map(({ name }) => ({ name, label: getAttribute(name).labels[reader.language] }));
  return {
    version: consent.version,
    pause: state === 'given' ? toForm(consent, 'pause', reader) : null,
    resume: state === 'paused' ? toForm(consent, 'resume', reader) : null,
    erase: erasable.length > 0 ? toForm(consent, 'erase', reader) : null,
    narrow: state === 'given' && choices.length > 0 ? { form: toForm(consent, 'narrow', reader), choices } : null,
  };
}

export function toAccountConsent(consent: Consent, reader: ConsentReader): AccountConsent {
  const isStanding = isValid(consent, reader.now);
  return {
    purpose: toPurposeText(consent, reader),
    state: toShownState(consent, reader.now),
    decidedAt: consent.decidedAt,
    endsAt: isStanding ? consent.expiresAt : null,
    sharedLabels: toGranted(consent).map((name) => getAttribute(name).labels[reader.language]),
    receipts: reader.findDecisions(consent.id).map(toDecisionReceipt),
    withdraw: canWithdraw(consent, reader.now) ? toForm(consent, 'withdraw', reader) : null,
  };
}

export const consentsPerService = 3;

function toLastUse(consents: readonly Usage[]): number | null {
  const times = consents.map(({ lastUsedAt }) => lastUsedAt).filter((at) => at !== null);
  return times.length === 0 ? null : Math.max(...times);
}

/** In the order of `clientIds`; `consents` holds those of them, in the order of each service. */
export function toAccountServices(
  clientIds: readonly string[],
  consents: readonly StoredConsent[],
  reader: ConsentReader,
): readonly AccountService[] {
  const byService = Map.groupBy(consents, (consent) => consent.clientId);
  return clientIds.map((clientId) => {
    const registered = reader.findService(clientId);
    const own = byService.get(clientId) ?? [];
    return {
      clientId,
      serviceName: registered?.service.name[reader.language] ?? clientId,
      agencyName: registered?.agency.name[reader.language] ?? '',
      url: toServiceUrl(clientId),
      doorUrl: findDoor(reader.issuer, registered?.service),
      lastUsedAt: toLastUse(own),
      hasMore: own.length > consentsPerService,
      consents: own.slice(0, consentsPerService).map((consent) => toAccountConsent(consent, reader)),
    };
  });
}
