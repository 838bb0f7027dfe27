// The services that were entered in a session which has ended, as their person is shown them: on the page after signing out, and at "security".

import { dayMs } from '../domain/kernel/clock.ts';
import type { Context } from 'koa';
import type { ServiceSession, ServiceSessionState } from '../domain/logout/service-session.ts';
import type { Language } from '../domain/people/person.ts';
import type { LeftService, LeftSession } from '../../views/left-model.ts';
import { renderSignedOutPage } from '../../views/signed-out.ts';
import { findEnded } from './ended-cookie.ts';
import { createFrame, sendPage } from './frame.ts';
import { findNamedLocales } from './language.ts';
import type { WebNeeds } from './needs.ts';
import { clearSiteData } from './security-headers.ts';

type LeftNeeds = Pick<WebNeeds, 'agencies' | 'clock' | 'logouts' | 'sleep'>;

const shownStates: Readonly<Record<ServiceSessionState, LeftService['state']>> = {
  open: 'trying',
  waiting: 'trying',
  told: 'told',
  failed: 'failed',
  untold: 'untold',
};

// Entered twice, a service is shown once, as it stands worst.
const worst = ['failed', 'untold', 'trying', 'told'] as const;

async function toLeftServices(needs: LeftNeeds, rows: readonly ServiceSession[], language: Language): Promise<readonly LeftService[]> {
  const clientIds = [...new Set(rows.map(({ clientId }) => clientId))];
  const services = await Promise.all(
    clientIds.map(async (clientId) => {
      const registered = await needs.agencies.findService(clientId);
      const states = new Set(rows.filter((row) => row.clientId === clientId).map((row) => shownStates[row.state]));
      const state = worst.find((candidate) => states.has(candidate)) ?? 'trying';
      return registered && { name: registered.service.name[language], state };
    }),
  );
  return services.filter((service) => service !== undefined);
}

const lookMs = 200;
const looks = 5;

/** Most services answer at once: a page that waits a moment for them saves its person a second look. The sign-out itself is long done. */
async function readWhenSettled(needs: LeftNeeds, sessionUids: readonly string[], left = looks): Promise<readonly ServiceSession[]> {
  const rows = await needs.logouts.listOfSessions(sessionUids);
  if (left === 0 || rows.every(({ state }) => state !== 'waiting')) {
    return rows;
  }
  await needs.sleep(lookMs);
  return readWhenSettled(needs, sessionUids, left - 1);
}

/** Of the sessions that this browser has just ended. */
export async function readLeft(needs: WebNeeds, ctx: Context, language: Language): Promise<readonly LeftService[]> {
  return toLeftServices(needs, await readWhenSettled(needs, findEnded(needs, ctx)), language);
}

export async function sendSignedOutPage(needs: WebNeeds, ctx: Context): Promise<void> {
  const { frame, language } = createFrame(needs, ctx, { uiLocales: findNamedLocales(ctx) });
  clearSiteData(ctx);
  const left = await readLeft(needs, ctx, language);
  sendPage(ctx, renderSignedOutPage(frame, { serviceName: null, left, againUrl: '/signed-out', homeUrl: '/' }));
}

const recentMs = dayMs;
const sessionsShown = 5;

/** Of sessions that ended in the last day, the last first. */
export async function readLeftSessions(needs: LeftNeeds, personId: string, language: Language): Promise<readonly LeftSession[]> {
  const rows = await needs.logouts.listOfPerson(personId, needs.clock.now() - recentMs);
  const bySession = Map.groupBy(rows, ({ sessionUid }) => sessionUid);
  return Promise.all(
    [...bySession.values()].slice(0, sessionsShown).map(async (ofSession) => ({
      endedAt: ofSession[0]?.endedAt ?? 0,
      services: await toLeftServices(needs, ofSession, language),
    })),
  );
}
