// A sign-in that is not enough for what the service wants: why, what would be, and every way on. The request waits meanwhile.

import type { Context } from 'koa';
import { isHighReachable } from '../../domain/metadata/is-high-reachable.ts';
import { findShortfall, toLevel } from '../../domain/passkeys/authentication-facts.ts';
import type { LevelAsk } from '../../oidc/level-ask.ts';
import { renderStepUpPage } from '../../../views/step-up.ts';
import type { StepUpPage } from '../../../views/step-up-model.ts';
import { readPasskeys } from '../account/own-passkeys.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import type { PersonStep } from './show-continue.ts';

export type LevelStep = PersonStep & { readonly level: LevelAsk };

async function toPage(needs: PageNeeds, step: LevelStep): Promise<StepUpPage> {
  const { level, pending, session, token } = step;
  const base = `/interaction/${pending.uid}`;
  const passkeys = await readPasskeys(needs, step);
  const used = passkeys.find(({ passkey }) => passkey.id === session.passkeyId);
  const reaching = passkeys.filter(({ passkey }) => toLevel(passkey) === 'high').map(({ shown }) => shown);
  return {
    asker: step.asker ?? { serviceName: '', agencyName: '', domain: '' },
    ask: level,
    used:
      used === undefined ? null : { ...used.shown, shortfall: findShortfall(used.passkey) ?? null, signedInAt: session.authTime * 1000 },
    reaching,
    ceremony: reaching.length === 0 ? null : { optionsUrl: `${base}/step-up/options`, verifyUrl: `${base}/step-up/verify`, token },
    form: { action: `${base}/decision`, token },
    isReachable: await isHighReachable(needs),
    againUrl: base,
    otherUrl: `${base}?switch=yes`,
  };
}

export async function showStepUp(needs: PageNeeds, ctx: Context, step: LevelStep): Promise<void> {
  sendPage(ctx, renderStepUpPage(step.frame, await toPage(needs, step)));
}
