// A service in both forms: as the file has it and as it would be registered. Rules look at both, because defaults are filled in only in the second.

import type { Service } from './agency.ts';
import { toRefusal, toWarning } from './proposal.ts';
import type { Finding, ProposedService, Remark } from './proposal.ts';

export type ServiceCase = { readonly path: string; readonly proposed: ProposedService; readonly service: Service };

export type Rule = { readonly member: string; readonly isBroken: boolean } & Remark;

export function applyRules(path: string, rules: readonly Rule[]): readonly Finding[] {
  return rules.filter(({ isBroken }) => isBroken).map(({ member, problem, fix }) => toRefusal(`${path}.${member}`, { problem, fix }));
}

/** The same for what is advised and blocks nothing. */
export function applyWarnings(path: string, rules: readonly Rule[]): readonly Finding[] {
  return rules.filter(({ isBroken }) => isBroken).map(({ member, problem, fix }) => toWarning(`${path}.${member}`, { problem, fix }));
}
