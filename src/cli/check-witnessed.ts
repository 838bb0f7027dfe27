// Before a node signs on: whether the log still holds what witnesses have seen of it (security.md AL-03, AL-24). Known from a file outside the database, from kept
// cosignatures, and from the witnesses as far as they answer; one that cannot be reached stops nobody. A loss that an operator recorded in the log itself,
// with `huwiya restore --accept-loss`, lets the start pass, and stays visible.

import { z } from 'zod';
import type { Parts } from '../app.ts';
import type { StartFault } from '../config/config.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { createLogSigner, parseCheckpointBody } from '../domain/ledger/checkpoint.ts';
import type { TreeHead } from '../domain/ledger/checkpoint.ts';
import { isSameHash } from '../domain/ledger/merkle.ts';
import { parseNote, toVerifier } from '../domain/ledger/signed-note.ts';
import type { LedgerStore } from '../domain/ledger/store.ts';
import { getRoot } from '../domain/ledger/tiles.ts';
import { isQuorum } from '../domain/witnesses/policy.ts';
import type { Policy } from '../domain/witnesses/policy.ts';
import { submitCheckpoint } from '../domain/witnesses/submit-checkpoint.ts';
import type { PostToWitness, WitnessReport } from '../domain/witnesses/submit-checkpoint.ts';
import { createWitnessing } from '../domain/witnesses/witnessing.ts';
import { readWitnessPolicy } from '../outbound/witnesses.ts';
import { createWitnessedHeadFile } from '../storage/witnessed-head.ts';

export type WitnessedCheck = {
  readonly faults: readonly StartFault[];
  /** Sentences for the operator that stop nothing. */
  readonly warnings: readonly string[];
};

type Problem = { readonly size: number; readonly problem: string };

const fix = 'Somebody cut or rewrote the log, or an old copy is in its place: docs/runbooks/restore.md says how to go on';

async function isHeld(ledger: Pick<LedgerStore, 'findCheckpoint' | 'readTile'>, { size, root }: TreeHead): Promise<boolean> {
  const own = (await ledger.findCheckpoint())?.size ?? 0;
  return size <= own && isSameHash(await getRoot(ledger, size), root);
}

/** A file that is there and no checkpoint of this log is a fault too: nobody would notice otherwise that it says nothing. */
async function judgeHead(parts: Parts, text: string, from: string): Promise<Problem | undefined> {
  const note = parseNote(text);
  const head = note.ok ? parseCheckpointBody(note.value.text) : undefined;
  const { name } = createLogSigner(parts.config.issuer, parts.keys.checkpoint.privateKey);
  if (head === undefined || head.origin !== name) {
    return { size: Number.MAX_SAFE_INTEGER, problem: `${from} holds no checkpoint of this log` };
  }
  const isThere = await isHeld(parts.storage.ledger, head);
  return isThere
    ? undefined
    : { size: head.size, problem: `the log does not hold the ${head.size} entries that ${from} knows to be witnessed` };
}

async function judgeKept(parts: Parts, policy: Policy): Promise<readonly Problem[]> {
  const { config, storage } = parts;
  const file = config.witnesses === undefined ? undefined : createWitnessedHeadFile(config.witnesses.headFile).read();
  const { ledger, witnesses } = storage;
  const kept = await createWitnessing({ policy, witnesses, ledger, clock: systemClock }).findWitnessed(0);
  const found = [
    file === undefined ? undefined : await judgeHead(parts, file, 'HUWIYA_WITNESSED_HEAD'),
    kept === undefined ? undefined : await judgeHead(parts, kept.text, 'the database itself'),
  ];
  return found.filter((problem) => problem !== undefined);
}

function toProblem({ name, state, size }: WitnessReport): Problem | undefined {
  if (state !== 'ahead' && state !== 'contradicted') {
    return undefined;
  }
  const problem =
    state === 'ahead' ? `the witness ${name} cosigned ${size} entries, more than there are` : `the witness ${name} holds another history`;
  return { size: size ?? Number.MAX_SAFE_INTEGER, problem };
}

const restored = z.object({
  payload: z.object({ lost: z.number(), backup_size: z.number(), known: z.object({ size: z.number() }).nullable() }),
});

/** Sizes of heads that were given out and lost: this log signed none of them again, since their places were filled before it signed anything (record-restore.ts). */
type Loss = { readonly above: number; readonly upTo: number };

const isExcused = (losses: readonly Loss[], { size }: Problem): boolean => losses.some(({ above, upTo }) => size > above && size <= upTo);

function findLoss(body: string): readonly Loss[] {
  const parsed = restored.safeParse(JSON.parse(body));
  const { lost = 0, backup_size: above = 0, known = null } = parsed.data?.payload ?? {};
  return lost > 0 && known !== null ? [{ above, upTo: known.size }] : [];
}

/** What an operator said, in the log itself, is lost. It excuses nothing that was lost at another time, and nothing that the backup held. */
async function findRecordedLosses({ storage }: Parts): Promise<readonly Loss[]> {
  const page = { order: 'newest-first', after: null, limit: 100 } as const;
  const { entries } = await storage.ledger.queryEntries({ types: ['log.restored'] }, page);
  return entries.flatMap(({ body }) => findLoss(body));
}

function readPolicy({ config, keys }: Parts): ReturnType<typeof readWitnessPolicy> {
  return readWitnessPolicy(config, toVerifier(createLogSigner(config.issuer, keys.checkpoint.privateKey)));
}

/**
 * The file goes away with a machine, or with whoever took an old copy of the database and did not want to be seen. Enough witnesses who answer stand in for it,
 * and nothing is missing where nothing was witnessed yet.
 */
async function judgeAbsence(parts: Parts, policy: Policy, reports: readonly WitnessReport[]): Promise<Problem | undefined> {
  const { config, storage } = parts;
  const isThere = config.witnesses !== undefined && createWitnessedHeadFile(config.witnesses.headFile).read() !== undefined;
  const heard = new Set(reports.filter(({ state }) => state !== 'unreachable' && state !== 'refused').map(({ name }) => name));
  if (isThere || isQuorum(policy.quorum, heard)) {
    return undefined;
  }
  const { ledger, witnesses } = storage;
  const kept = await createWitnessing({ policy, witnesses, ledger, clock: systemClock }).findWitnessed(0);
  const problem =
    'HUWIYA_WITNESSED_HEAD is not there though the log was witnessed, and too few witnesses were heard that could stand in for it';
  return kept && { size: kept.size, problem };
}

/** What is known here, without asking any witness, to have been witnessed and is not in the log, or cannot be known here any more; undefined where an operator recorded the loss. */
export async function findLostHead(parts: Parts): Promise<string | undefined> {
  const policy = readPolicy(parts);
  if (!policy.ok) {
    return policy.faults.map(({ problem }) => problem).join('; ');
  }
  if (policy.value === undefined) {
    return undefined;
  }
  const absence = await judgeAbsence(parts, policy.value, []);
  const problems = [...(await judgeKept(parts, policy.value)), ...(absence === undefined ? [] : [absence])];
  const losses = problems.length === 0 ? [] : await findRecordedLosses(parts);
  return problems.find((problem) => !isExcused(losses, problem))?.problem;
}

export async function checkWitnessed(parts: Parts, post: PostToWitness): Promise<WitnessedCheck> {
  const policy = readPolicy(parts);
  if (!policy.ok || policy.value === undefined) {
    return { faults: policy.ok ? [] : policy.faults, warnings: [] };
  }
  const { ledger, witnesses } = parts.storage;
  const reports = await submitCheckpoint({ policy: policy.value, witnesses, ledger, post, clock: systemClock }, 'probing');
  const problems = [
    ...(await judgeKept(parts, policy.value)),
    ...reports.map(toProblem),
    await judgeAbsence(parts, policy.value, reports),
  ].filter((each) => each !== undefined);
  const losses = problems.length === 0 ? [] : await findRecordedLosses(parts);
  const silent = reports.filter(({ state }) => state === 'unreachable' || state === 'refused');
  return {
    faults: problems.filter((each) => !isExcused(losses, each)).map(({ problem }) => ({ setting: 'HUWIYA_WITNESSES', problem, fix })),
    warnings: [
      ...silent.map(({ name, failure }) => `the witness ${name} did not answer for the log (${failure})`),
      ...problems.filter((each) => isExcused(losses, each)).map(({ problem }) => `${problem}; the log says itself that it lost entries`),
    ],
  };
}
