// `npm run bench -- bars`: every bar that the product is held to, in one run and one table, on SQLite or on PostgreSQL. What could not be measured says why.

import { createSchema } from '../../tests/support/postgres-database.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import type { PostgresServer } from '../../tests/support/postgres-server.ts';
import { toRank } from '../at-rate.ts';
import { measureBeside } from '../audit/ask-beside.ts';
import { measurePages } from '../audit/ask-country.ts';
import { measureProofs } from '../audit/measure-proofs.ts';
import { pinLoad, unpinLoad } from '../child.ts';
import { measureEvidence } from '../measure-bytes.ts';
import { measureNodes } from '../nodes/measure-nodes.ts';
import { measurePeers } from '../peers/measure-peers.ts';
import { printRatios, toMedian } from '../report.ts';
import type { Pair } from '../report.ts';
import { measureAll, startSides, warmUp } from '../sides.ts';
import type { Started } from '../sides.ts';
import type { UnitName } from '../units.ts';
import { measureVerification } from '../verify-passkeys.ts';
import { copyCountry, findAhead } from './country-copy.ts';
import { judge, printFigures, tell } from './figure.ts';
import type { Figure } from './figure.ts';
import { fillRegister } from './fill-register.ts';
import { measureLatency } from './latency.ts';
import { measureLookUps } from './look-ups.ts';
import { measureFloor } from './measure-floor.ts';
import type { BarsOptions, StepName } from './options.ts';
import { measureStart } from './start-time.ts';
import { measureLog } from './verify-log.ts';
import { measureWithdrawal } from './withdrawal.ts';

type Given = { readonly options: BarsOptions; readonly postgres: PostgresServer | undefined };

/** `isPinned`: the load has a core of its own, and what it measures another. */
type Step = {
  readonly name: StepName;
  readonly isPinned?: boolean;
  readonly measure: (given: Given) => Promise<readonly Figure[]>;
};

const ratioBars: Readonly<Partial<Record<UnitName, readonly [bar: number, stretch: number]>>> = {
  W1: [1.1, 0.95],
  'W1-key': [1.1, 0.95],
  W1u: [1.15, 1.05],
  'W1u-key': [1.15, 1.05],
};

function toRatio([unit, pairs]: readonly [UnitName, readonly Pair[]]): Figure {
  const value = toMedian(pairs.map(({ huwiya, plain }) => huwiya.cpuMs / plain.cpuMs));
  const measure = `CPU of ${unit} ÷ plain oidc-provider`;
  const [bar, stretch] = ratioBars[unit] ?? [];
  return bar === undefined
    ? tell(measure, value.toFixed(2))
    : judge({ measure, value, bar, ...(stretch === undefined ? {} : { stretch }) });
}

/** A schema of its own, where PostgreSQL is what is measured. */
async function openDatabase({ options, postgres }: Given): Promise<string | undefined> {
  if (options.store === 'sqlite') {
    return undefined;
  }
  if (postgres === undefined) {
    throw new Error('no PostgreSQL server is to be had');
  }
  return (await createSchema(postgres)).url;
}

async function start(given: Given): Promise<Started> {
  const { options } = given;
  const database = await openDatabase(given);
  const country = options.store === 'sqlite' && options.country !== undefined ? copyCountry(options.country) : undefined;
  const ahead = country === undefined ? 0 : await findAhead(country.folder);
  const { beside } = options;
  const started = await startSides(options, {
    ...(database === undefined ? {} : { database }),
    ...(country === undefined ? {} : { country: { folder: country.folder, ahead } }),
    fill: async (path) => (beside === undefined ? undefined : fillRegister(path, { ...beside, services: options.services })),
  });
  return {
    ...started,
    close: async () => {
      await started.close();
      country?.remove();
    },
  };
}

async function measureCommits({ sides, world }: Started): Promise<readonly Figure[]> {
  if (world.databaseFile === '') {
    return [];
  }
  const [evidence] = await measureEvidence(sides.huwiya, { databaseFile: world.databaseFile, units: [['W1', 1000]] });
  const { bytes = Number.NaN, commits = Number.NaN } = evidence ?? {};
  return [
    // To a tenth: what the node commits for itself meanwhile is not a sign-in's.
    judge({ measure: 'durable commits of a W1 alone', value: Math.round(commits * 10) / 10, bar: 2, stretch: 1 }),
    judge({ measure: 'ledger bytes of a W1', value: bytes, bar: 1024, stretch: 600, digits: 0 }),
  ];
}

/**
 * A first sign-in has no bar, and ends the sessions that the others need. What a service dates by the clock of this machine is refused by that of a made-up
 * country.
 */
function toUnits({ country, units }: BarsOptions): readonly UnitName[] {
  const remembered = units.filter((unit) => unit !== 'W5');
  return country === undefined ? remembered : remembered.filter((unit) => !unit.endsWith('-key') && unit !== 'W4');
}

async function measureSides(given: Given): Promise<readonly Figure[]> {
  const options = { ...given.options, units: toUnits(given.options) };
  const started = await start({ ...given, options });
  try {
    await warmUp(started.sides, options);
    const floor = await measureFloor(started, options);
    const plainLatency = await measureLatency(started.sides.plain);
    const latency = await measureLatency(started.sides.huwiya);
    const alone = options.country === undefined ? await measureCommits(started) : [];
    const measured = await measureAll(started.sides, options);
    printRatios(measured);
    const commits = toMedian((measured.get('W1') ?? []).map(({ huwiya }) => huwiya.commits));
    return [
      ...[...measured].map(toRatio),
      judge({ measure: `CPU of W1 ÷ floor (${floor.floorMs.toFixed(2)} ms)`, value: floor.ratio, bar: 3, stretch: 2.4 }),
      tell('durable commits of a W1 under load', commits.toFixed(2)),
      judge({
        measure: `p99 of W1 at ${latency.perSecond}/s, half of the most`,
        value: latency.p99,
        unit: ' ms',
        bar: 25,
        stretch: 10,
        digits: 1,
      }),
      tell('median of the same', `${latency.median.toFixed(1)} ms`),
      tell(
        `p99 of plain oidc-provider at ${plainLatency.perSecond}/s, half of the most; median`,
        `${plainLatency.p99.toFixed(1)} ms; ${plainLatency.median.toFixed(1)} ms`,
      ),
      ...alone,
    ];
  } finally {
    await started.close();
  }
}

const small = { people: 100, each: 10, services: 200 };

async function measureRegisters(given: Given): Promise<readonly Figure[]> {
  const few = await measureLookUps(small, await openDatabase(given));
  const many = await measureLookUps({ ...given.options.lookUps, services: small.services }, await openDatabase(given));
  const { each, people } = given.options.lookUps;
  return [
    judge({ measure: `consent look-up at ${people * each} consents ÷ at 1000`, value: many / few, bar: 1.5, stretch: 1.2 }),
    tell('the same, CPU', `${many.toFixed(1)} µs, ${few.toFixed(1)} µs`),
  ];
}

async function measureCountry({ options: { country } }: Given): Promise<readonly Figure[]> {
  if (country === undefined) {
    return [];
  }
  const { consistency, inclusion, size } = await measureProofs(country, 1000);
  const pages = await measurePages(country, 100);
  const longest = pages.toSorted((a, b) => b.p99 - a.p99)[0];
  const page = { measure: `page of an auditor over ${size} entries, p99 (${longest?.name ?? ''})`, value: longest?.p99 ?? Number.NaN };
  const common = { unit: ' ms', digits: 1 };
  return [
    judge({ ...common, ...page, bar: 50, stretch: 20 }),
    judge({ ...common, measure: `inclusion proof over ${size} entries, p99`, value: inclusion, bar: 5, stretch: 1 }),
    judge({ ...common, measure: `consistency proof over ${size} entries, p99`, value: consistency, bar: 5, stretch: 1 }),
  ];
}

async function measureAuditors({ options: { country } }: Given): Promise<readonly Figure[]> {
  if (country === undefined) {
    return [];
  }
  const copy = copyCountry(country);
  try {
    const { alone, beside } = await measureBeside({ folder: copy.folder, rounds: 4, seconds: 10, perSecond: 40, apart: 1000 });
    const value = (toRank(beside, 0.99) / toRank(alone, 0.99) - 1) * 100;
    return [judge({ measure: 'p99 of W1 beside a question each second, more by', value, unit: ' %', bar: 10, stretch: 0, digits: 0 })];
  } finally {
    copy.remove();
  }
}

async function measureExport({ options: { log } }: Given): Promise<readonly Figure[]> {
  if (log === undefined) {
    return [];
  }
  const { lines, seconds } = await measureLog(log);
  const value = (seconds / lines) * 1_000_000;
  return [judge({ measure: `offline verifier, for a million of ${lines} lines`, value, unit: ' s', bar: 10, stretch: 3, digits: 1 })];
}

async function measureRefusal(given: Given): Promise<readonly Figure[]> {
  const database = await openDatabase(given);
  const value = await measureWithdrawal(database === undefined ? {} : { database }, database !== undefined);
  const where = database === undefined ? 'here' : 'at another node';
  return [judge({ measure: `withdrawal to refusal ${where}, longest of 20`, value, unit: ' ms', bar: 1000, stretch: 1, digits: 0 })];
}

async function measureTwo({ options }: Given): Promise<readonly Figure[]> {
  if (options.store === 'sqlite') {
    return [];
  }
  const value = await measureNodes(['4', '4', String(options.share)]);
  return [judge({ measure: 'two nodes ÷ one node', value, bar: 1.8, stretch: 1.95, isAtLeast: true })];
}

async function measureWholePeer({ options }: Given): Promise<readonly Figure[]> {
  const ratios = options.store === 'sqlite' ? await measurePeers(options) : [];
  return ratios.map(({ byHuwiya, peerMs, unit }) =>
    tell(`CPU of ${unit} on better-auth (${peerMs.toFixed(1)} ms) ÷ Huwiya`, byHuwiya.toFixed(2)),
  );
}

async function measureFirstAnswer(): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    times.push(await measureStart());
  }
  return [
    judge({ measure: 'npm start in an empty folder, to the first answer', value: toMedian(times) / 1000, unit: ' s', bar: 2, stretch: 1 }),
  ];
}

async function measurePasskeys(): Promise<readonly Figure[]> {
  const { ours } = await measureVerification();
  return [judge({ measure: 'CPU of verifying a passkey answer', value: ours, unit: ' ms', bar: 1.2, stretch: 0.4 })];
}

const steps: readonly Step[] = [
  { name: 'units', isPinned: true, measure: measureSides },
  { name: 'peer', isPinned: true, measure: measureWholePeer },
  { name: 'passkeys', isPinned: true, measure: measurePasskeys },
  { name: 'consents', isPinned: true, measure: measureRegisters },
  { name: 'log', measure: measureCountry },
  { name: 'beside', measure: measureAuditors },
  { name: 'verifier', measure: measureExport },
  { name: 'withdrawal', measure: measureRefusal },
  { name: 'nodes', measure: measureTwo },
  { name: 'start', measure: measureFirstAnswer },
];

async function tryStep({ isPinned = false, measure, name }: Step, given: Given): Promise<readonly Figure[]> {
  (isPinned ? pinLoad : unpinLoad)();
  try {
    return await measure(given);
  } catch (error) {
    process.exitCode = 1;
    return [tell(name, `NOT MEASURED: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

export async function measureBars(options: BarsOptions): Promise<void> {
  const postgres = options.store === 'postgres' ? await startPostgres('the benchmark of all bars') : undefined;
  const figures: Figure[] = [];
  try {
    for (const step of steps.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
      figures.push(...(await tryStep(step, { options, postgres })));
    }
  } finally {
    await postgres?.stop();
  }
  console.log('');
  printFigures(figures);
}
