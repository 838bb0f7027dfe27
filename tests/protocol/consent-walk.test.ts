// Random lives of a consent, over HTTP, beside a model of what may leave: any order of visits, choices, pauses, narrowings, withdrawals, changed purposes
// and time that passes. After each step what left is what the model lets leave, and nobody was asked without need.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFull } from '../support/counts.ts';
import type { ModelPurpose } from '../support/consent-model.ts';
import { change, names, narrow, pass, pause, refresh, resume, visit, withdraw } from '../support/consent-steps.ts';
import type { Counts, Model, Step } from '../support/consent-steps.ts';
import { days, minutes, shiftTime } from '../support/shift-time.ts';
import { createEnrolledPerson } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';

const picks = fc.subarray([...names], { minLength: 1 });
const askings = fc.record({
  picked: picks,
  ticked: fc.subarray([...names]),
  answer: fc.constantFrom('allow' as const, 'allow' as const, 'allow' as const, 'refuse' as const, 'later' as const),
  isOffline: fc.nat(4).map((drawn) => drawn === 0),
});
const changes = fc.tuple(fc.constantFrom('P1Y' as const, 'P2Y' as const, 'P3Y' as const), picks, fc.subarray([...names]));

/** Visits often, the rest now and then. */
const steps = [
  ...Array.from({ length: 5 }, () => askings.map(visit)),
  fc.constant(withdraw()),
  fc.constant(pause()),
  fc.constant(resume()),
  fc.subarray([...names], { minLength: 1 }).map(narrow),
  fc.constant(refresh()),
  fc.constantFrom(minutes(1), minutes(6), days(40), days(366)).map(pass),
  changes.map(([retention, required, optional]) => change(retention, required, optional)),
];

const lives = isFull ? 100 : 5;
const firstPurpose: ModelPurpose = {
  version: 1,
  retention: 'P2Y',
  required: ['given_name', 'family_name'],
  optional: ['email', 'birthdate'],
};

const everything = { picked: [...names], ticked: [...names], answer: 'allow', isOffline: false } as const;

/** Agreed to, shared again without a question, and withdrawn: whatever the drawn lives meet, this one meets a question, a silence, a release and a refusal. */
const plainLife: Iterable<Step> = [visit(everything), visit(everything), withdraw()];

async function live(commands: Iterable<Step>, counts: Counts): Promise<void> {
  const world = await createWorld();
  const time = shiftTime();
  try {
    const { traveller } = await createEnrolledPerson(world);
    const model: Model = { purpose: firstPurpose, record: undefined, held: undefined, acts: 0 };
    await fc.asyncModelRun(() => ({ model, real: { world, traveller, time, counts } }), commands);
  } finally {
    time.restore();
    await world.close();
  }
}

test('in any order of events only what was agreed to leaves, and nobody is asked without need', { timeout: 3_600_000 }, async () => {
  const counts = { asked: 0, silent: 0, released: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async (commands) => live(commands, counts)),
    { numRuns: lives + 1, examples: [[plainLife]] },
  );
  expect(Object.values(counts)).not.toContain(0);
});
