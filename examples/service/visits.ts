// Who is here: a random cookie and, in memory, what belongs to it. Everything about a person is gone when the service stops.

import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Answers } from './filings.ts';
import type { Pending, SignedIn } from './provider.ts';
import { takeBack } from './taken-back.ts';
import type { Loss, TakenBack } from './taken-back.ts';
import type { TurnedBack } from './turned-back.ts';
import type { Exchange } from './wire.ts';

export type Notice = Loss | TurnedBack | 'unavailable' | 'incomplete' | 'expired' | 'fresh' | 'signed-out' | 'ended';

/** One sign-in that was begun, and what it is for. */
export type Begun = Pending & { readonly purpose: string; readonly choice: Answers; readonly asked: Exchange };

export type Visit = {
  begun: readonly Begun[];
  signedIn: SignedIn | undefined;
  purpose: string | undefined;
  choice: Answers;
  isFiled: boolean;
  /** Said once. */
  notice: Notice | undefined;
  /** Said as long as it is so. */
  loss: Loss | undefined;
  wire: readonly Exchange[];
  language: 'ar' | 'en' | undefined;
};

const visitLimit = 1000;

/** What a logout token names: one session of ours, or all of a person. */
export type Left = { readonly sid: string | undefined; readonly subject: string | undefined };

export type Visits = {
  readonly open: (ctx: Context) => Visit;
  readonly renew: (ctx: Context) => Visit;
  /** What may no longer be used is gone from every visit of this person; whoever is here may still ask for it again, and be refused. */
  readonly takeBack: (back: TakenBack) => void;
  /** Nobody is signed in there any more, and what reached us in that visit is gone. */
  readonly end: (left: Left) => void;
};

function isLeft({ subject, facts }: SignedIn, left: Left): boolean {
  return left.sid === undefined ? subject === left.subject : facts['sid'] === left.sid;
}

function createVisit(language: Visit['language']): Visit {
  const nobody = { signedIn: undefined, purpose: undefined, notice: undefined, loss: undefined };
  return { ...nobody, begun: [], choice: {}, isFiled: false, wire: [], language };
}

function lessen(visit: Visit, back: TakenBack): void {
  const { signedIn, purpose, loss, notice } = visit;
  if (signedIn?.subject === back.subject && purpose === back.purpose) {
    const rest = takeBack({ claims: signedIn.claims, loss }, back);
    visit.signedIn = { ...signedIn, claims: rest.claims };
    visit.loss = rest.loss;
    visit.notice = rest.loss === undefined ? notice : undefined;
  }
}

export function createVisits(clientId: string): Visits {
  // Cookies of localhost do not keep to a port, so each service has a name of its own.
  const cookie = `${clientId}-visit`;
  const visits = new Map<string, Visit>();
  const keep = (ctx: Context, visit: Visit): Visit => {
    const id = randomBytes(32).toString('base64url');
    const [oldest] = visits.keys();
    if (visits.size >= visitLimit && oldest !== undefined) {
      visits.delete(oldest);
    }
    visits.set(id, visit);
    ctx.cookies.set(cookie, id, { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true });
    return visit;
  };
  return {
    open: (ctx) => visits.get(ctx.cookies.get(cookie) ?? '') ?? keep(ctx, createVisit(undefined)),
    takeBack: (back) => [...visits.values()].forEach((visit) => lessen(visit, back)),
    end: (left) => {
      for (const visit of visits.values()) {
        if (visit.signedIn !== undefined && isLeft(visit.signedIn, left)) {
          Object.assign(visit, { ...createVisit(visit.language), notice: 'ended' } satisfies Visit);
        }
      }
    },
    // A new cookie for whoever has just signed in or out: one that was planted before opens nothing.
    renew: (ctx) => {
      const id = ctx.cookies.get(cookie) ?? '';
      const language = visits.get(id)?.language;
      visits.delete(id);
      return keep(ctx, createVisit(language));
    },
  };
}
