// The engine's session as our own pages see it: who is signed in, since when, and how. There is no other session of a person.

import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import type { Millis } from '../domain/kernel/clock.ts';
import { toDigest } from '../domain/kernel/ids.ts';
import { parsePayload } from './artefact.ts';
import { write } from './artefact-adapter.ts';
import type { AdapterNeeds } from './artefact-adapter.ts';
import { accountClientId, isFirstParty } from './clients.ts';
import { parseDeviceText, toDeviceClass } from './device.ts';
import type { Device } from './device.ts';
import { endSession } from './end-session.ts';
import { endSignIns, findLoaded, isAlive, toEnteredServices } from './session-adapter.ts';
import type { EngineSession } from './store.ts';

export type PersonSession = {
  readonly uid: string;
  readonly personId: string;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Seconds since the epoch. */
  readonly authTime: number;
  /** Whether the person came to their own page through an authorization request of this session. */
  readonly hasOpenedAccount: boolean;
  /** Whether the person said at the sign-in that others use this computer. */
  readonly isShared: boolean;
  /** With which it was begun, or last confirmed. */
  readonly passkeyId: string | null;
  /** Before this request. */
  readonly lastSeenAt: Millis;
  /** That it was begun with. */
  readonly deviceClass: ReturnType<typeof toDeviceClass>;
};

/** One of a person's sessions, as its person is shown it. */
export type OpenSession = {
  /** Names it in a form; neither the uid nor anything that opens it. */
  readonly handle: string;
  readonly uid: string;
  readonly device: Device;
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly isShared: boolean;
  readonly passkeyId: string | null;
  /** Ids of the services that it reached, our own pages not counted. */
  readonly services: readonly string[];
};

export type Sessions = {
  /** Undefined when nobody is signed in, or no longer. Whoever asks counts as use of the session, where it did not rest for longer than `restLimit`. */
  readonly findSession: (ctx: Context, restLimit?: Millis) => Promise<PersonSession | undefined>;
  /** Whether the browser brought a session, alive or not: so that a page which needs none asks for none. */
  readonly bringsSession: (ctx: Context) => boolean;
  /** Ends the session for every service; the cookie is cleared. */
  readonly endSession: (ctx: Context) => Promise<void>;
  /** All that are alive, in every browser, the last used first. */
  readonly listSessions: (personId: string) => Promise<readonly OpenSession[]>;
  /** Ends these of a person's sessions, wherever they are. What has ended already is left as it is. */
  readonly endSessions: (personId: string, handles: readonly string[]) => Promise<void>;
  /** Ends all but this one, and with them every sign-in that was answered and not followed. */
  readonly endOthers: (session: Pick<PersonSession, 'personId' | 'uid'>) => Promise<void>;
};

// A form may be seen over the shoulder or in a history: it carries a digest that is good for nothing else.
const toHandle = (uid: string): string => toDigest(`session-handle:${uid}`).slice(0, 22);

function toOpenSession(session: EngineSession): OpenSession {
  const { uid, startedAt, lastSeenAt, isShared, passkeyId } = session;
  const entered = toEnteredServices(parsePayload(session.payload));
  return {
    handle: toHandle(uid),
    uid,
    startedAt,
    lastSeenAt,
    isShared,
    passkeyId,
    device: parseDeviceText(session.device),
    services: entered.filter((clientId) => !isFirstParty(clientId)),
  };
}

/** Where the person is: as the session was begun. */
function toCircumstances(loaded: EngineSession | undefined): Pick<PersonSession, 'deviceClass' | 'isShared' | 'passkeyId' | 'lastSeenAt'> {
  const passkeyId = loaded?.passkeyId ?? null;
  const lastSeenAt = loaded?.lastSeenAt ?? 0;
  return {
    passkeyId,
    lastSeenAt,
    isShared: loaded?.isShared === true,
    deviceClass: toDeviceClass(parseDeviceText(loaded?.device ?? null)),
  };
}

/** Reading keeps a session from ending as unused, as signing in to a service does; no more than one write a minute for it. */
const touchAfterMs = 60_000;

async function touch(needs: AdapterNeeds, loaded: EngineSession | undefined, restLimit: Millis): Promise<void> {
  const at = needs.clock.now();
  const rest = loaded === undefined ? 0 : at - loaded.lastSeenAt;
  if (loaded !== undefined && rest >= touchAfterMs && rest <= restLimit) {
    await write(needs, { kind: 'touch-session', uid: loaded.uid, at, isNeeded: false });
  }
}

type Looked = { readonly provider: Provider; readonly needs: AdapterNeeds; readonly restLimit: Millis };

async function findSession({ provider, needs, restLimit }: Looked, ctx: Context): Promise<PersonSession | undefined> {
  const session = await provider.Session.get(ctx);
  if (session.accountId === undefined) {
    return undefined;
  }
  const loaded = findLoaded(session.uid);
  await touch(needs, loaded, restLimit);
  return {
    uid: session.uid,
    personId: session.accountId,
    acr: session.acr ?? '',
    amr: session.amr ?? [],
    authTime: session.authTime() ?? 0,
    hasOpenedAccount: session.authorizations?.[accountClientId]?.persistsLogout === true,
    ...toCircumstances(loaded),
  };
}

export function createSessions(provider: Provider, needs: AdapterNeeds): Sessions {
  const listAlive = async (personId: string): Promise<readonly EngineSession[]> => {
    const now = needs.clock.now();
    return (await needs.store.listSessions(personId, now, now - needs.sessionLimits.idleMs)).filter((session) => isAlive(session, now));
  };
  return {
    findSession: async (ctx, restLimit = Number.POSITIVE_INFINITY) => findSession({ provider, needs, restLimit }, ctx),
    bringsSession: (ctx) => ctx.cookies.get(provider.cookieName('session'), { signed: false }) !== undefined,
    endSession: async (ctx) => {
      const session = await provider.Session.get(ctx);
      await session.destroy();
      const name = provider.cookieName('session');
      for (const cookie of [name, `${name}.sig`]) {
        ctx.cookies.set(cookie, null, { signed: false, path: '/', httpOnly: true, sameSite: 'lax', secure: ctx.secure });
      }
    },
    listSessions: async (personId) => (await listAlive(personId)).map(toOpenSession),
    endSessions: async (personId, handles) => {
      const named = (await listAlive(personId)).filter(({ uid }) => handles.includes(toHandle(uid)));
      for (const session of named) {
        await endSession(needs, session, 'ended-on-own-page');
      }
    },
    endOthers: ({ personId, uid }) => endSignIns(needs, personId, uid),
  };
}
