// What a run over all bars can be told.

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseOptions } from '../options.ts';
import type { Options } from '../options.ts';

/** What can be measured by itself, in the order in which it is. */
export const stepNames = ['units', 'peer', 'passkeys', 'consents', 'log', 'beside', 'verifier', 'withdrawal', 'nodes', 'start'] as const;
export type StepName = (typeof stepNames)[number];

export const barsUsage = `npm run bench -- bars [--store sqlite|postgres] [--beside 1000000x10] [--look-ups 1000000x10] [--country FOLDER] [--log FILE] [--nodes 0.3] [--only ${stepNames.join()}] [and what a bare run takes]`;

export type BarsOptions = Options & {
  readonly store: 'sqlite' | 'postgres';
  /** People and consents that stand beside those that sign in. */
  readonly beside: Size | undefined;
  /** The larger of the two registers in which consents are looked up. */
  readonly lookUps: Size;
  /** A made-up country with a long log: its files are copied where something is written to them. */
  readonly country: string | undefined;
  /** What `huwiya audit export` wrote. */
  readonly log: string | undefined;
  /** Of a core, for each of two nodes on PostgreSQL. */
  readonly share: number;
  /** Empty: everything. */
  readonly only: readonly StepName[];
};

export type Size = { readonly people: number; readonly each: number };

const size = z
  .string()
  .regex(/^[1-9]\d*x[1-9]\d*$/, 'is PEOPLExCONSENTS')
  .transform((text): Size => {
    const [people = 0, each = 0] = text.split('x').map(Number);
    return { people, each };
  });

const ownSchema = z.object({
  store: z.enum(['sqlite', 'postgres']).default('sqlite'),
  beside: size.optional(),
  'look-ups': size.default({ people: 1_000_000, each: 10 }),
  country: z.string().optional(),
  log: z.string().optional(),
  only: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(stepNames))),
  nodes: z.coerce.number().positive().max(1).default(0.3),
});

/** Throws where something is not understood. */
export function parseBars(given: readonly string[]): BarsOptions {
  const isOwn = (text: string | undefined): boolean => Object.hasOwn(ownSchema.shape, text?.replace(/^--/, '') ?? '');
  const own = given.filter((text, place) => isOwn(text) || isOwn(given[place - 1]));
  const common = given.filter((text, place) => !isOwn(text) && !isOwn(given[place - 1]));
  const options = Object.fromEntries(Object.keys(ownSchema.shape).map((name) => [name, { type: 'string' as const }]));
  const { 'look-ups': lookUps, nodes, only, ...rest } = ownSchema.parse(parseArgs({ args: own, options }).values);
  return {
    ...parseOptions(common),
    beside: rest.beside,
    country: rest.country,
    log: rest.log,
    store: rest.store,
    lookUps,
    share: nodes,
    only,
  };
}
