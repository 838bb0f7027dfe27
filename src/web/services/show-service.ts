// One service in the public register.

import type { Context } from 'koa';
import { allowsOffline, toBasis, toLawText } from '../../domain/agencies/agency.ts';
import type { Purpose, RegisteredService } from '../../domain/agencies/agency.ts';
import { readTagged } from '../../domain/agencies/proposal.ts';
import { findWeaknesses } from '../../domain/agencies/find-weaknesses.ts';
import { getAttribute } from '../../domain/attributes/catalogue.ts';
import { toForm } from '../../domain/attributes/form.ts';
import { signInFacts } from '../../domain/attributes/sign-in-facts.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import type { Language } from '../../domain/people/person.ts';
import type { Texts } from '../../../views/messages/messages.ts';
import type { RegisterAttribute, RegisterPurpose } from '../../../views/register-model.ts';
import { renderRegisterServicePage } from '../../../views/register-service.ts';
import { sendPage } from '../frame.ts';
import { toFixedTerms } from '../interactions/purpose-terms.ts';
import { toRegisteredAsker } from '../account/show-service.ts';
import type { PageNeeds } from '../needs.ts';
import { findDoor } from '../service-door.ts';
import { createPublicFrame } from '../shared-computer.ts';
import { toRegisterFacts, toVersionFacts } from './describe-service.ts';
import { toShownAccess } from './describe-access.ts';
import { readHistory } from './read-changes.ts';
import type { Change } from './read-changes.ts';

function toAttributes({ attributes }: Purpose, language: Language): readonly RegisterAttribute[] {
  return attributes.map((asked) => {
    const { labels, source } = getAttribute(asked.name);
    return {
      label: labels[language],
      why: asked.why[language],
      necessity: asked.necessity,
      form: toForm(asked),
      source: source.id === 'self' ? null : source.labels[language],
    };
  });
}

type Read = { readonly registered: RegisteredService; readonly changes: readonly Change[]; readonly texts: Texts };

/** When the version that is in force took effect. */
export function findSince(changes: readonly Change[], { id, version }: Pick<Purpose, 'id' | 'version'>): Change | undefined {
  return changes.find((change) => change.what === 'purpose' && change.purposeId === id && change.version === version);
}

function toPurpose(purpose: Purpose, { registered, changes, texts }: Read): RegisterPurpose {
  const { language } = texts;
  const { contact: _, ...terms } = toFixedTerms(registered, purpose, language);
  return {
    id: purpose.id,
    text: purpose.text[language],
    version: purpose.version,
    since: findSince(changes, purpose)?.at ?? null,
    grounds: registered.service.audience.map((kind) => {
      const { type, lawRef } = toBasis(purpose, kind);
      return { kind, basis: texts.t(`basis-${type}`), law: toLawText(lawRef, language) };
    }),
    lasts: purpose.expiresAfter,
    terms: { ...terms, isOffline: allowsOffline(registered.service, purpose) },
    attributes: toAttributes(purpose, language),
  };
}

export async function showRegisteredService(needs: PageNeeds, ctx: Context, clientId: string): Promise<void> {
  const { frame, language } = await createPublicFrame(needs, ctx);
  const known = await needs.agencies.listServices();
  const registered = known.find(({ service }) => service.clientId === clientId);
  if (registered === undefined) {
    throw new Fault('request/not-found', 'no such service in the register');
  }
  const { agency, service, purposes } = registered;
  const { changes } = await readHistory(needs, clientId);
  const page = renderRegisterServicePage(frame, {
    listUrl: '/services',
    ...toRegisteredAsker(registered, language),
    ...toShownAccess(registered, known, language),
    contact: agency.contacts['privacy'] ?? null,
    doorUrl: findDoor(needs.issuer, service),
    policyUrl: readTagged(service.metadata, 'policy_uri', language),
    termsUrl: readTagged(service.metadata, 'tos_uri', language),
    status: service.status,
    level: service.minimumLevel,
    serviceClass: service.serviceClass,
    weaknesses: findWeaknesses(service),
    about: toRegisterFacts(registered, await needs.agencies.listProofs(), frame.texts),
    audience: service.audience,
    purposes: purposes.map((purpose) => toPurpose(purpose, { registered, changes, texts: frame.texts })),
    always: signInFacts.map(({ labels, explanation }) => ({ label: labels[language], text: explanation[language] })),
    changes: changes.map(({ purposeId, registered: version, ...change }) => ({
      ...change,
      registered: version === null ? [] : toVersionFacts(version, frame.texts),
      purpose: purposes.find(({ id }) => id === purposeId)?.text[language] ?? purposeId,
    })),
  });
  sendPage(ctx, page);
}
