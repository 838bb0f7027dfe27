import type { Context } from 'koa';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import type { Consent } from '../../domain/consent/consent.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { renderServicePage } from '../../../views/service.ts';
import type { ActivityItem } from '../../../views/activity-model.ts';
import type { ServiceConsent } from '../../../views/account-model.ts';
import type { Asker } from '../../../views/models.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toAccountConsent, toPurposeText } from './account-model.ts';
import type { ConsentReader } from './account-model.ts';
import { findActivity } from './activity.ts';
import { openAccount } from './open-account.ts';
import { createConsentReader } from './show-account.ts';

export function toRegisteredAsker(registered: RegisteredService, language: 'ar' | 'en'): Asker {
  const uris = registered.service.metadata['redirect_uris'];
  const uri: unknown = Array.isArray(uris) ? uris[0] : undefined;
  const domain = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : '';
  return { serviceName: registered.service.name[language], agencyName: registered.agency.name[language], domain };
}

type Shown = {
  readonly registered: RegisteredService;
  readonly history: readonly ActivityItem[];
  /** The purpose as it was agreed to; what an agency changed since binds it to nothing new. */
  readonly agreed: Purpose | undefined;
};

function toServiceConsent(consent: Consent, { registered, history, agreed }: Shown, reader: ConsentReader): ServiceConsent {
  return {
    ...toAccountConsent(consent, reader),
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
      purpose: agreed?.text[reader.language] ?? toPurposeText(consent, reader),
      recipient: registered.agency.name[reader.language],
      retention: agreed?.retention ?? 'P0D',
      endsAt: consent.expiresAt,
      isOffline: false,
      contact: registered.agency.contacts['privacy'] ?? null,
    },
    history: history.filter((item) => item.purpose === toPurposeText(consent, reader)),
  };
}

export async function showService(needs: PageNeeds, ctx: Context, clientId: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const registered = await needs.agencies.findService(clientId);
  const consents = (await needs.consents.listConsents(account.person.id)).filter((consent) => consent.clientId === clientId);
  if (registered === undefined || consents.length === 0) {
    throw new Fault('consent/not-found', 'no consent of this person for this service');
  }
  const reader = await createConsentReader(needs, account, consents);
  const { items: history } = await findActivity(needs, { personId: account.person.id, service: clientId, limit: 50 }, reader);
  const page = renderServicePage(account.frame, {
    clientId,
    asker: toRegisteredAsker(registered, account.language),
    accountUrl: '/account',
    consents: await Promise.all(
      consents.map(async (consent) => {
        const agreed = await needs.agencies.findPurposeVersion(clientId, consent.purposeId, consent.purposeVersion);
        return toServiceConsent(consent, { registered, history, agreed }, reader);
      }),
    ),
  });
  sendPage(ctx, page);
}
