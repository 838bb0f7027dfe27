// A pending interaction with the language it is shown in; refuses an interaction that is not the one in the address, or is no longer there.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import type { Language, StoredPerson } from '../../domain/people/person.ts';
import { isFirstParty, toIdleLimit } from '../../oidc/clients.ts';
import type { PendingInteraction } from '../../oidc/interaction.ts';
import type { PersonSession } from '../../oidc/person-session.ts';
import type { Asker, Frame } from '../../../views/models.ts';
import { createFrame } from '../frame.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import type { PageNeeds } from '../needs.ts';
import { noteAskingService } from '../asking-service.ts';
import { noteService } from '../request-log.ts';
import { allowFormTarget } from '../security-headers.ts';
import { toFinish } from '../shared-computer.ts';

export type Step = {
  readonly pending: PendingInteraction;
  readonly session: PersonSession | undefined;
  readonly person: StoredPerson | undefined;
  readonly frame: Frame;
  readonly language: Language;
  /** Null on our own pages. */
  readonly asker: Asker | null;
  readonly token: string;
};

const bindingOf = (uid: string): string => `interaction:${uid}`;

function toAsker(pending: PendingInteraction, language: Language): Asker | null {
  if (pending.request === undefined) {
    return null;
  }
  const { agency, service } = pending.request.registered;
  const domain = pending.redirectUri !== undefined && URL.canParse(pending.redirectUri) ? new URL(pending.redirectUri).host : '';
  return { serviceName: service.name[language], agencyName: agency.name[language], domain };
}

type Found = Pick<Step, 'pending' | 'session'>;

function noteAsking(ctx: Context, { clientId, request, redirectUri }: PendingInteraction): void {
  noteService(ctx, clientId);
  if (request !== undefined) {
    noteAskingService(ctx, { service: request.registered.service, redirectUri });
  }
}

async function getWaiting({ engine: { interactions } }: PageNeeds, ctx: Context, uid: string): Promise<PendingInteraction> {
  const pending = await interactions.findInteraction(ctx);
  if (pending !== undefined && pending.uid === uid) {
    return pending;
  }
  if (pending === undefined && (await interactions.hasLostSession(ctx))) {
    throw new Fault('interaction/session-changed', 'the session that was asked is over');
  }
  throw new Fault('interaction/expired', 'no such interaction in this browser');
}

/** How long the service lets a session rest: a page of it that was left open for longer is no use of the session, and its press no answer. */
function findRestLimit({ request }: PendingInteraction): Millis {
  return toIdleLimit(request?.registered.service.metadata['session_idle']);
}

export function hasRestedTooLong({ clock }: PageNeeds, { pending, session }: Pick<Step, 'pending' | 'session'>): boolean {
  return session !== undefined && clock.now() - session.lastSeenAt > findRestLimit(pending);
}

async function getPending(needs: PageNeeds, ctx: Context, uid: string): Promise<Found> {
  const pending = await getWaiting(needs, ctx, uid);
  if (pending.request === undefined && !isFirstParty(pending.clientId)) {
    throw new Fault('service/unknown', 'the service or its purpose is not active');
  }
  noteAsking(ctx, pending);
  const session = await needs.engine.sessions.findSession(ctx, findRestLimit(pending));
  // A question of one session is never answered in another, whatever cookies came together.
  if (pending.sessionUid !== undefined && pending.sessionUid !== session?.uid) {
    throw new Fault('interaction/session-changed', 'the interaction belongs to another session');
  }
  return { pending, session };
}

export async function getStep(needs: PageNeeds, ctx: Context, uid: string): Promise<Step> {
  const { pending, session } = await getPending(needs, ctx, uid);
  const person = session === undefined ? undefined : await needs.engine.registry.findPerson(session.personId);
  const { frame, language } = createFrame(needs, ctx, {
    uiLocales: pending.uiLocales,
    saved: person?.language,
    finish: toFinish(needs, session),
  });
  allowFormTarget(ctx, pending.redirectUri);
  return {
    pending,
    session,
    person,
    frame,
    language,
    asker: toAsker(pending, language),
    token: createFormToken(needs.formKey, bindingOf(uid)),
  };
}

/** For every post of an interaction: from our own page, with the token that was printed for this interaction. */
export function assertOwnForm(needs: PageNeeds, ctx: Context, form: { readonly uid: string; readonly token: string | undefined }): void {
  assertSameSite(ctx, needs.issuer);
  if (!isFormToken(needs.formKey, bindingOf(form.uid), form.token)) {
    throw new Fault('interaction/stale', 'form token does not belong to this interaction');
  }
}
