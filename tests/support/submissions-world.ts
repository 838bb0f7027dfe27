// A register with two approvers and one service, on which files are applied and what waits is decided.

import { parseAgenciesFile } from '../../src/cli/files/agencies-file.ts';
import { applyAgencies } from '../../src/domain/agencies/apply-agencies.ts';
import type { ApplyResult } from '../../src/domain/agencies/apply-agencies.ts';
import type { Change } from '../../src/domain/agencies/compare-agencies.ts';
import { decideSubmission } from '../../src/domain/agencies/decide-submission.ts';
import type { HostRules } from '../../src/domain/agencies/host-proof.ts';
import type { AgenciesStore } from '../../src/domain/agencies/store.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { OpenedDatabase } from './opened-database.ts';
import { createAgencyFile, createPublicJwk, createServiceFile, toFileText } from './sample-proposal.ts';
import { createEvent } from './store-samples.ts';

type Members = Readonly<Record<string, unknown>>;
type Decided = Awaited<ReturnType<typeof decideSubmission>>;

export const approver = {
  id: 'approver',
  name: 'Approver',
  role: 'approver',
  agencyId: null,
  status: 'active',
  language: null,
  handle: 'handle',
  createdAt: 1,
} as const;
export const secondApprover = { ...approver, id: 'second', name: 'Second approver', handle: 'second' };

/** Of a provider that everybody reaches, with nothing opened by its operator. */
export const publicHosts: HostRules = { isLoopback: false, openHosts: [] };

export type SubmissionsWorld = {
  readonly opened: OpenedDatabase;
  /** Of the last file that was applied and of what was decided since; tests empty it. */
  readonly events: SealedEvent[];
  readonly apply: (text: string) => Promise<ApplyResult>;
  /** What took effect, what waits, and under which id. */
  readonly applyService: (members?: Members) => Promise<readonly [unknown, readonly unknown[], string | undefined]>;
  readonly decide: (id: string | undefined, decision: 'approve' | 'decline', officerId?: string) => Promise<Decided>;
};

const jwks = { keys: [createPublicJwk()] };

function toShort(changes: readonly Change[]): readonly unknown[] {
  return changes.map(({ what, how, purposeVersion, fields }) => [what, how, purposeVersion, fields]);
}

function keepEvents(agencies: AgenciesStore, events: SealedEvent[]): AgenciesStore {
  return {
    ...agencies,
    saveChanges: async (changes, submission) => {
      await agencies.saveChanges(changes, submission);
      events.push(...changes.events);
    },
    saveDecision: async (decision) => {
      const saved = await agencies.saveDecision(decision);
      events.push(...decision.events, ...(saved === 'saved' && decision.decision === 'approve' ? decision.effect.events : []));
      return saved;
    },
  };
}

async function inviteApprovers({ storage }: OpenedDatabase): Promise<void> {
  for (const officer of [approver, secondApprover]) {
    await storage.staff.saveInvitation({
      officer,
      invitation: { digest: officer.id, officerId: officer.id, createdAt: 1, expiresAt: 2 },
      event: createEvent('officer.invited'),
    });
  }
}

/** The first file takes effect at once; what is applied from then on waits where it has to. */
export async function createSubmissionsWorld(opened: OpenedDatabase, hostRules: HostRules = publicHosts): Promise<SubmissionsWorld> {
  const events: SealedEvent[] = [];
  const needs = { agencies: keepEvents(opened.storage.agencies, events), clock: systemClock, random: systemRandom, hostRules };
  let hasApprover = false;
  const apply = async (text: string): Promise<ApplyResult> => {
    const parsed = parseAgenciesFile(text);
    if (!parsed.ok) {
      throw new Error(`the file has the wrong shape: ${JSON.stringify(parsed.findings)}`);
    }
    events.splice(0);
    return applyAgencies({ ...needs, rules: { isLoopback: false }, hasApprover: async () => hasApprover }, parsed.proposal);
  };
  const applyService: SubmissionsWorld['applyService'] = async (members = {}) => {
    const result = await apply(toFileText(createAgencyFile([createServiceFile({ jwks, ...members })])));
    if (!result.ok) {
      throw new Error(`refused: ${JSON.stringify(result.findings)}`);
    }
    return [toShort(result.difference.changes), toShort(result.submission?.content.changes ?? []), result.submission?.id];
  };
  await inviteApprovers(opened);
  await applyService();
  hasApprover = true;
  const decide: SubmissionsWorld['decide'] = async (id, decision, officerId = approver.id) =>
    decideSubmission(needs, { id: id ?? '', officerId, decision, reason: 'as agreed' });
  return { opened, events, apply, applyService, decide };
}
