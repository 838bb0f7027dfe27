// Whether a request wants a higher level than the session has, and how much: registered for the service, demanded by the request, or wished for. They are never mixed up with
// how long ago somebody signed in.

import { levelNames } from '../domain/kernel/levels.ts';
import { findDemandedLevels } from './demanded-level.ts';
import type { Registry } from './registry.ts';
import type { AnswerWord } from './request-answers.ts';
import type { RequestParams } from './requested.ts';

export const levelAsks = ['minimum', 'demanded', 'wished'] as const;
export type LevelAsk = (typeof levelAsks)[number];

/** What the service hears when the person turns back. Who turns back from a wish leaves like anybody who leaves. */
export const levelWords = {
  minimum: 'level_too_low',
  demanded: 'level_not_reached',
  wished: 'sign_in_left',
} as const satisfies Readonly<Record<LevelAsk, AnswerWord>>;

export type AskedLevel = { readonly clientId: string; readonly params: RequestParams; readonly acr: string | undefined };

/** Whoever reached `high` reached the level below it too. */
export function isReached(levels: readonly string[], acr: string | undefined): boolean {
  return levels.some((level) => level === acr || (acr === levelNames.high && level === levelNames.substantial));
}

function findWished({ params }: AskedLevel): readonly string[] {
  const { acr_values: wished } = params;
  return typeof wished === 'string' ? wished.split(' ') : [];
}

/** A demand for a level that there is none of: no passkey of anybody reaches it. */
export function isImpossible(params: RequestParams): boolean {
  const demanded = findDemandedLevels(params);
  return demanded !== undefined && !demanded.some((level) => level === levelNames.high || level === levelNames.substantial);
}

export async function findLevelAsk(registry: Registry, asked: AskedLevel): Promise<LevelAsk | undefined> {
  const { acr, clientId, params } = asked;
  const registered = await registry.findService(clientId);
  if (registered?.service.minimumLevel === 'high' && acr !== levelNames.high) {
    return 'minimum';
  }
  const demanded = findDemandedLevels(params);
  if (demanded !== undefined && !isReached(demanded, acr)) {
    return 'demanded';
  }
  const wished = findWished(asked);
  return wished.includes(levelNames.high) && !isReached(wished, acr) ? 'wished' : undefined;
}

/** A demand names the very words that may come back (OIDC Core 1.0 §5.5.1.1): whoever is above is told to be where they were demanded, which is true of them too. */
export function toDemandedAcr(params: RequestParams, acr: string | undefined): string | undefined {
  const demanded = findDemandedLevels(params);
  return acr === levelNames.high && demanded?.includes(levelNames.high) === false ? levelNames.substantial : acr;
}
