// What became of a code or a token that was refused: used before, run out, or ended with what it rested on. Only its own service is told; of somebody else's it
// is as if there were none.

import type { Clock } from '../../domain/kernel/clock.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import { toArtefactName } from '../artefact.ts';
import type { ArtefactModel, EngineStore, SpentArtefact } from '../store.ts';

export type SpentNeeds = { readonly store: Pick<EngineStore, 'findSpent'>; readonly clock: Clock };

type Kind = 'code' | 'refresh' | 'token';

const kinds = [
  { parameter: 'code', model: 'AuthorizationCode', kind: 'code' },
  { parameter: 'refresh_token', model: 'RefreshToken', kind: 'refresh' },
  { parameter: 'access_token', model: 'AccessToken', kind: 'token' },
] as const satisfies readonly { parameter: string; model: ArtefactModel; kind: Kind }[];

type Presented = { readonly clientId: string; readonly known: ReadonlyMap<string, unknown> };

export function findPresented(known: Presented['known']) {
  for (const { parameter, model, kind } of kinds) {
    const value = known.get(parameter);
    if (typeof value === 'string') {
      return { kind, key: toArtefactName(model, value).key, model };
    }
  }
  return undefined;
}

function toRule(kind: Kind, spent: SpentArtefact, now: number): TraceRule {
  if (spent.consumedAt !== null && kind !== 'token') {
    return `${kind}/used`;
  }
  return spent.expiresAt <= now ? `${kind}/expired` : `${kind}/ended`;
}

export type Spent = {
  readonly rule: TraceRule;
  /** As stored, of a code that was not used and has not run out. */
  readonly code: string | undefined;
};

export async function findSpent(needs: SpentNeeds, presented: Presented): Promise<Spent> {
  const found = findPresented(presented.known);
  if (found === undefined) {
    return { rule: 'request/refused', code: undefined };
  }
  const spent = await needs.store.findSpent(found.model, found.key);
  if (spent === undefined || spent.clientId !== presented.clientId) {
    return { rule: `${found.kind}/unknown`, code: undefined };
  }
  const rule = toRule(found.kind, spent, needs.clock.now());
  return { rule, code: rule === 'code/ended' ? spent.payload : undefined };
}

/** Whose access token this was, as long as anything of it is left. */
export async function findOwnerOfToken(needs: Pick<SpentNeeds, 'store'>, token: string): Promise<string | undefined> {
  const { key } = toArtefactName('AccessToken', token);
  return (await needs.store.findSpent('AccessToken', key))?.clientId ?? undefined;
}
