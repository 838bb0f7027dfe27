// What approvers decide once: a submission that one of them may approve, and one that takes two.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAgenciesApply } from '../../../src/cli/agencies-apply.ts';
import { createCapturedContext } from '../captured-context.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../sample-proposal.ts';
import { createAttestedOfficer } from '../staff-journey.ts';
import { confirmShown } from '../counter.ts';
import type { Officer } from '../staff-journey.ts';
import { asBrowser, createPost } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import { getForm } from '../visits.ts';
import type { World } from '../world.ts';
import { countEntries, uses } from './arena.ts';
import type { SingleUse } from './arena.ts';

const name = { ar: 'هيئة الحدائق', en: 'Parks Authority' };

type Submit = (purpose: Readonly<Record<string, unknown>>) => Promise<string>;

/** Gives the number of what waits; none while nobody has to approve. */
function createSubmit(world: World): Submit {
  const captured = createCapturedContext(world.storage);
  const file = join(world.folder, 'parks.json');
  const jwks = { keys: [createPublicJwk()] };
  const service = { client_id: 'parks-tickets', sector: 'parks', redirect_uris: ['https://tickets.parks.example/callback'], jwks };
  return async (purpose) => {
    const proposed = createServiceFile({ ...service, purposes: [createPurposeFile(purpose)] });
    writeFileSync(file, toFileText(createAgencyFile([proposed], { id: 'parks', registration_number: '7000000009', name })));
    if ((await runAgenciesApply(captured.context, { file, json: true })) !== 0) {
      throw new Error(captured.takeErr());
    }
    captured.takeErr();
    const printed: { readonly waiting: { readonly id: string } | null } = JSON.parse(captured.takeOut());
    return printed.waiting?.id ?? '';
  };
}

type Desk = {
  readonly approvers: readonly Officer[];
  /** Longer than ever before: one approver. */
  readonly submitLonger: () => Promise<string>;
  /** On another legal basis than before: two approvers. */
  readonly submitOtherBasis: () => Promise<string>;
};

const toLaw = (article: number): object => ({
  type: 'public_task',
  law_ref: { ar: `نظام الحدائق، المادة ${article}`, en: `Parks Law, article ${article}` },
});

async function createDesk(world: World): Promise<Desk> {
  const submit = createSubmit(world);
  let days = 731;
  let article = 0;
  const submitAll = async (): Promise<string> =>
    submit({ retention: `P${days}D`, ...(article > 0 ? { legal_basis: toLaw(article) } : {}) });
  await submitAll();
  const approvers = [await createAttestedOfficer(world, 'approver', 'One'), await createAttestedOfficer(world, 'approver', 'Two')];
  return {
    approvers,
    submitLonger: async () => {
      days += 1;
      return submitAll();
    },
    submitOtherBasis: async () => {
      article += 1;
      return submitAll();
    },
  };
}

const desks = new WeakMap<World, Promise<Desk>>();

/** One of each world: what is registered before there is an approver waits for nobody. */
async function getDesk(world: World): Promise<Desk> {
  const desk = desks.get(world) ?? createDesk(world);
  desks.set(world, desk);
  return desk;
}

/** Half of the presses are of one approver, half of the other, each with a confirmation of its own. */
async function press(world: World, approvers: readonly Officer[], id: string): Promise<readonly Shot[]> {
  const path = `/office/submissions/${id}`;
  const shots: Shot[] = [];
  for (let shot = 0; shot < uses; shot += 1) {
    const { traveller } = approvers[shot % approvers.length] ?? {};
    if (traveller === undefined) {
      throw new Error('nobody approves');
    }
    const { action, fields } = getForm(await traveller.agent.get(`${world.issuer}${path}`), /\/office\/submissions\/[^/]+$/);
    const page = await traveller.agent.post(action, { ...fields, decision: 'approve', reason: 'Seen' });
    const confirmed = { ...getForm(page, /\/office\/submissions\/[^/]+$/).fields, confirmation: await confirmShown(traveller, page) };
    shots.push(asBrowser(traveller.agent, createPost(world.issuer, path, confirmed)));
  }
  return shots;
}

const won = '303 approved';
const left = countEntries('purpose.changed');

const reviewed: SingleUse = {
  name: 'submission for one approver',
  table: 'submission_approvals',
  begin: async ({ world }) => {
    const { approvers, submitLonger } = await getDesk(world);
    // Whoever pressed twice may hear of the own approval before that of the end.
    const lost = /^409 submission\/(?:decided|approved)$/;
    return async () => ({ shots: await press(world, approvers, await submitLonger()), won, lost, left });
  },
};

const dual: SingleUse = {
  name: 'submission for two approvers',
  table: 'submission_approvals',
  begin: async ({ world }) => {
    const { approvers, submitOtherBasis } = await getDesk(world);
    const lost = /^(?:303 first|409 submission\/(?:approved|decided))$/;
    return async () => ({ shots: await press(world, approvers, await submitOtherBasis()), won, lost, left });
  },
};

export const approvalUses: readonly SingleUse[] = [reviewed, dual];
