// What operators, approvers and auditors do over the years: later files and their approvals, looks at the log, keys, backups. Some of it is planted.

import { applyAgencies } from '../../src/domain/agencies/apply-agencies.ts';
import { decideSubmission } from '../../src/domain/agencies/decide-submission.ts';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import { createToken } from '../../src/domain/kernel/ids.ts';
import type { EventDraft } from '../../src/domain/ledger/event.ts';
import { hourMs, minuteMs, toOfficeHour } from './calendar.ts';
import type { Day } from './calendar.ts';
import { createDice, drawCount, drawWhole, isLucky, pick } from './dice.ts';
import type { Dice } from './dice.ts';
import type { Founded, Officers } from './found-country.ts';
import type { KeyBook } from './answer-key.ts';
import type { Registration } from './seed-registry.ts';
import { sealAt } from './write-acts.ts';
import type { Writer } from './write-acts.ts';

export type DeskAct = { readonly at: number; readonly run: () => Promise<void> };

export type Desk = {
  readonly founded: Founded;
  readonly officers: Officers;
  readonly writer: Writer;
  readonly book: KeyBook;
  readonly seed: string;
};

type Submitted = { id: string | null; approvals: number };

/** Between two settlements, so that what the register writes stands where it belongs. Gives the entries that it wrote. */
async function apart({ founded, writer }: Desk, run: () => Promise<void>) {
  await writer.settle();
  const from = writer.next();
  await run();
  await writer.catchUp();
  return founded.storage.ledger.readEntries(from, writer.next());
}

async function apply(desk: Desk, { change, proposal }: Registration, at: number): Promise<string | null> {
  const { storage } = desk.founded;
  const needs = {
    agencies: storage.agencies,
    clock: { now: () => at },
    random: createDice(desk.seed, 'register', at),
    rules: { isLoopback: true, hasCertificateDoor: false },
    hasApprover: async () => change !== null && change.how !== 'unannounced',
  };
  const result = await applyAgencies(needs, proposal);
  if (!result.ok) {
    throw new TypeError(result.findings.map(({ path, problem }) => `${path}: ${problem}`).join('\n'));
  }
  return result.submission?.id ?? null;
}

async function approve(desk: Desk, id: string, { at, officerId }: { readonly at: number; readonly officerId: string }): Promise<boolean> {
  const needs = {
    agencies: desk.founded.storage.agencies,
    clock: { now: () => at },
    random: createDice(desk.seed, 'approval', at),
    hostRules: { isLoopback: true, openHosts: [] },
  };
  const decided = await decideSubmission(needs, {
    id,
    officerId,
    decision: 'approve',
    reason: 'Agreed with the assessment of the agency.',
  });
  if (!decided.ok) {
    throw new TypeError(`not approved: ${decided.code}`);
  }
  return decided.value.outcome === 'effective';
}

/** The first file: everything takes effect at once, because there is no approver yet. */
export async function registerAll(desk: Pick<Desk, 'founded' | 'seed'>, registration: Registration, at: number): Promise<void> {
  const nowhere = { officers: { approvers: [], registrars: [], auditors: [] } };
  await apply({ ...desk, ...nowhere, writer: never(), book: neverBook() }, registration, at);
}

const refuseUse = (): never => {
  throw new TypeError('not before the first day');
};
const never = (): Writer => ({ next: refuseUse, write: refuseUse, settle: refuseUse, catchUp: refuseUse, spent: refuseUse });
const neverBook = (): KeyBook => ({ note: refuseUse, write: refuseUse });

function toLater(desk: Desk, registration: Registration): readonly DeskAct[] {
  const { at, change } = registration;
  const submitted: Submitted = { id: null, approvals: 0 };
  const isSafe = change?.drops !== undefined || change?.how === 'unannounced';
  const submit = async (): Promise<void> => {
    const entries = await apart(desk, async () => {
      submitted.id = await apply(desk, registration, isSafe ? at : at - 2 * dayMs);
    });
    if (change?.how === 'unannounced') {
      entries.forEach(({ index }) => desk.book.note('widened-unannounced', index));
    }
  };
  const approveBy = (moment: number, place: number) => async (): Promise<void> => {
    const { id } = submitted;
    const officerId = desk.officers.approvers[place] ?? '';
    if (id === null || submitted.approvals < 0) {
      return;
    }
    const entries = await apart(desk, async () => {
      submitted.approvals = (await approve(desk, id, { at: moment, officerId })) ? -1 : submitted.approvals + 1;
    });
    const group = change?.how === 'approved-at-night' ? 'night-approval' : 'night-approval-decoy';
    entries.filter(({ type }) => type === 'purpose.approved').forEach(({ index }) => desk.book.note(group, index));
  };
  const approvals = [at, at + 25 * minuteMs].map((moment, place) => ({ at: moment, run: approveBy(moment, place) }));
  return isSafe ? [{ at, run: submit }] : [{ at: at - 2 * dayMs, run: submit }, ...approvals];
}

export const planRegister = (desk: Desk, later: readonly Registration[]): readonly DeskAct[] =>
  later.flatMap((registration) => toLater(desk, registration));

const system = { kind: 'system', ref: null } as const;
const operator = { kind: 'operator', ref: null } as const;

function toKeyDrafts(dice: Dice, at: number): EventDraft {
  const [ended, active, staged] = [createToken(dice), createToken(dice), createToken(dice)];
  const payload = { alg: 'ES256', ended, active, staged, accepted_until: at + dayMs };
  return { type: 'key.rotated', personRef: null, actor: system, actedBy: null, payload };
}

const searches = [
  { types: ['data.over_ask'] },
  { types: ['consent.refused'] },
  { types: ['data.released'], service: 'khaleej-loans' },
  { types: ['consent.withdrawn'] },
  { types: ['rp.overdue'] },
];

type Looking = { readonly desk: Desk; readonly dice: Dice; readonly day: Day };

/** Of the two people whom an auditor looks at, growing. */
export type Watched = {
  /** Of each, what left. */
  readonly releases: readonly (readonly number[])[];
  /** All entries of both. */
  readonly entries: ReadonlySet<number>;
};

async function write({ desk, dice }: Looking, at: number, draft: EventDraft): Promise<void> {
  const event = sealAt(dice, Math.floor(at), draft);
  await desk.writer.write({ at, deed: { kind: 'events', events: [event] } });
}

async function look(
  looking: Looking,
  at: number,
  { auditor, index }: { readonly auditor: string; readonly index: number },
): Promise<number> {
  const actor = { kind: 'officer', ref: auditor } as const;
  const place = looking.desk.writer.next();
  await write(looking, at, { type: 'record.viewed', personRef: null, actor, actedBy: null, payload: { index, form: 'page' } });
  return place;
}

/** An ordinary look is at nobody at whom a planted one is: the key would not know it. */
function drawElsewhere({ desk, dice }: Looking, { entries }: Watched): number {
  let index = drawWhole(dice, 0, desk.writer.next());
  while (entries.has(index)) {
    index -= 1;
  }
  return index;
}

type Ordinary = { readonly auditor: string; readonly at: number; readonly watched: Watched };

async function audit(looking: Looking, { auditor, at, watched }: Ordinary): Promise<void> {
  const { dice } = looking;
  const actor = { kind: 'officer', ref: auditor } as const;
  const payload = {
    filter: pick(dice, searches),
    order: 'newest-first',
    after: null,
    before: null,
    returned: drawWhole(dice, 0, 51),
    form: 'page',
  };
  await write(looking, at, { type: 'record.searched', personRef: null, actor, actedBy: null, payload });
  const views = drawCount(dice, 2.5);
  for (let view = 0; view < views; view += 1) {
    await look(looking, at + 30_000 * (view + 1), { auditor, index: drawElsewhere(looking, watched) });
  }
}

function toAudits(desk: Desk, day: Day, watched: Watched): readonly DeskAct[] {
  const dice = createDice(desk.seed, 'desk', day.number);
  const looking = { desk, dice, day };
  const audits = day.isWorking ? desk.officers.auditors.filter(() => isLucky(dice, 0.7)) : [];
  const acts: DeskAct[] = audits.map((auditor) => {
    const at = toOfficeHour(day, dice.next());
    return { at, run: async () => audit(looking, { auditor, at, watched }) };
  });
  const night = day.startsAt + 2 * hourMs;
  if (day.number % 7 === 0) {
    acts.push({ at: night, run: async () => write(looking, night, { type: 'backup.created', personRef: null, actor: operator }) });
  }
  if (day.number % 91 === 45) {
    const at = night + hourMs;
    acts.push({ at, run: async () => write(looking, at, toKeyDrafts(dice, at)) });
  }
  return acts;
}

/** Nine entries of one person on each of five days, by one auditor; and the lawful look at one person's entries on a single day. */
function toCurious(desk: Desk, days: readonly Day[], watched: Watched): readonly DeskAct[] {
  const first = Math.floor(days.length * 0.8);
  const working = days.filter(({ isWorking, number }) => isWorking && number >= first).slice(0, 6);
  return working.flatMap((day, place): readonly DeskAct[] => {
    const dice = createDice(desk.seed, 'curious', day.number);
    const isDecoy = place === 5;
    const [auditor, own] = isDecoy
      ? [desk.officers.auditors[2] ?? '', watched.releases[1] ?? []]
      : [desk.officers.auditors[1] ?? '', watched.releases[0] ?? []];
    const group = isDecoy ? 'curious-auditor-decoy' : 'curious-auditor';
    return Array.from({ length: isDecoy ? 6 : 9 }, (_, view) => {
      const at = toOfficeHour(day, 0.1) + view * 17 * minuteMs;
      const run = async (): Promise<void> => {
        const index = own.length === 0 ? undefined : pick(dice, own);
        if (index !== undefined) {
          desk.book.note(group, await look({ desk, dice, day }, at, { auditor, index }));
        }
      };
      return { at, run };
    });
  });
}

export type DeskAsked = {
  readonly days: readonly Day[];
  readonly later: readonly Registration[];
  readonly watched: Watched;
};

/** Everything, by its moment. */
export function planDesk(desk: Desk, { days, later, watched }: DeskAsked): readonly DeskAct[] {
  const acts = [...planRegister(desk, later), ...days.flatMap((day) => toAudits(desk, day, watched)), ...toCurious(desk, days, watched)];
  return acts.toSorted((one, other) => one.at - other.at);
}
