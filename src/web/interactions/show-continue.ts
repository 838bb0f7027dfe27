import type { Context } from 'koa';
import { findAttribute } from '../../domain/attributes/catalogue.ts';
import { toGranted } from '../../domain/consent/consent.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import type { PersonSession } from '../../oidc/person-session.ts';
import { renderContinueAsPage } from '../../../views/continue-as.ts';
import type { ContinueAsPage } from '../../../views/models.ts';
import { sendPage, toFullName, toNumberEnding } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toNameForRoom } from '../shared-computer.ts';
import type { Step } from './page-context.ts';

export type PersonStep = Step & { readonly person: StoredPerson; readonly session: PersonSession };

async function findStanding(needs: PageNeeds, step: PersonStep): Promise<ContinueAsPage['consent']> {
  const { request } = step.pending;
  if (request === undefined) {
    return null;
  }
  const consent = await needs.engine.registry.findConsentFor(step.person.id, request.purpose.clientId, request.purpose.id);
  if (consent === undefined) {
    return null;
  }
  return {
    endsAt: consent.expiresAt,
    attributeLabels: toGranted(consent).map((name) => findAttribute(name)?.labels[step.language] ?? name),
  };
}

export async function showContinue(needs: PageNeeds, ctx: Context, step: PersonStep): Promise<void> {
  const data = needs.openData(step.person);
  const page = renderContinueAsPage(step.frame, {
    asker: step.asker ?? { serviceName: 'Huwiya', agencyName: 'Huwiya', domain: new URL(needs.issuer).host },
    person: {
      fullName: toNameForRoom(toFullName(data, step.language), step.session),
      numberEnding: step.session.isShared ? null : toNumberEnding(data),
      confirmedAt: step.session.authTime * 1000,
    },
    form: { action: `/interaction/${step.pending.uid}/decision`, token: step.token },
    consent: await findStanding(needs, step),
  });
  sendPage(ctx, page);
}
