// What a run of the benchmark can be told.

import { parseArgs } from 'node:util';
import { unitNames } from './units.ts';
import type { UnitName } from './units.ts';

export type Options = {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly services: number;
  readonly people: number;
  readonly warmUp: number;
  readonly units: readonly UnitName[];
  /** Folder for CPU profiles of both servers, in place of measuring. */
  readonly profile: string | undefined;
};

export const usage = `npm run bench -- [--seconds 2] [--rounds 3] [--connections 16] [--services 1000] [--people 60] [--warm-up 3000] [--units ${unitNames.join(',')}] [--profile FOLDER]\nnpm run bench -- home\nnpm run bench -- passkeys\nnpm run bench -- bytes\nnpm run bench -- peers [what a bare run takes]\nnpm run bench -- soak [60 minutes] [sign-ins a second]\nnpm run bench -- nodes [5 rounds] [6 seconds] [0.2 of a core each]\nnpm run bench -- audit projection\nnpm run bench -- audit enlarge FROM TO TIMES\nnpm run bench -- audit questions FOLDER [100]\nnpm run bench -- audit proofs FOLDER [1000]\nnpm run bench -- audit beside FOLDER [3 rounds] [20 seconds] [50 sign-ins a second] [0 ms between questions]\nnpm run bench -- anomalies [400] [national-year …]`;

const servicesEach = 8;

function toWhole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`--${name} takes a whole number above zero`);
  }
  return value;
}

function isUnitName(text: string): text is UnitName {
  return unitNames.some((name) => name === text);
}

function toUnits(text: string): readonly UnitName[] {
  const units = text.split(',').map((name) => name.trim());
  const unknown = units.find((name) => !isUnitName(name));
  if (unknown !== undefined) {
    throw new RangeError(`--units knows ${unitNames.join(', ')}, not ${unknown}`);
  }
  return units.filter(isUnitName);
}

export function parseOptions(given: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...given],
    options: {
      seconds: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '16' },
      services: { type: 'string', default: '1000' },
      people: { type: 'string', default: '60' },
      'warm-up': { type: 'string', default: '3000' },
      units: { type: 'string', default: unitNames.join(',') },
      profile: { type: 'string' },
    },
  });
  const people = toWhole('people', values.people);
  return {
    seconds: toWhole('seconds', values.seconds),
    rounds: toWhole('rounds', values.rounds),
    connections: toWhole('connections', values.connections),
    services: Math.max(toWhole('services', values.services), servicesEach),
    people,
    warmUp: toWhole('warm-up', values['warm-up']),
    units: toUnits(values.units),
    profile: values.profile,
  };
}

/** How many services each person has been to. */
export const visitsEach = servicesEach;
