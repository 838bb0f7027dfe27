// What a country needs, from what one sign-in was measured to need: docs/capacity.md holds the tables that this prints, and changes when a figure does.

import { toTable } from './table.ts';

/** Of one remembered sign-in (W1) on PostgreSQL by `npm run bench -- nodes`, of its rows by `npm run bench -- bytes`, and of a made-up country of 11,200 people by the pages of its file. */
const measured = {
  nodeCpuMs: 4.3,
  serverCpuMs: 2.9,
  serverLogBytes: 8200,
  /** Two requests and their answers with all headers on the wire, without TLS. */
  networkBytes: 4100,
  /** An entry with its tree, its indexes and its facts for auditors. */
  entryBytes: 1372,
  /** With its subjects, without passkeys. */
  personBytes: 3012,
  /** The record and its 1.3 versions, each with what was shown and signed. */
  consentBytes: 7449,
  commits: 2,
} as const;

type Country = { readonly name: string; readonly people: number; readonly peakPerSecond: number; readonly perDay: number };

const countries: readonly Country[] = [
  { name: 'a ministry’s pilot', people: 100_000, peakPerSecond: 5, perDay: 30_000 },
  { name: 'Singpass-sized', people: 5_000_000, peakPerSecond: 160, perDay: 1_400_000 },
  { name: 'Aadhaar-sized', people: 1_400_000_000, peakPerSecond: 9000, perDay: 81_000_000 },
];

/** A core that is busier than this makes people wait. */
const usefulShare = 0.6;
const consentsEach = 10;
const yearDays = 365;

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

function toAmount(bytes: number): string {
  const place = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const amount = bytes / 1000 ** place;
  return `${amount < 10 ? amount.toFixed(1) : amount.toFixed(0)} ${units[place] ?? ''}`;
}

const toCores = (perSecond: number, ms: number): number => Math.ceil((perSecond * ms) / 1000 / usefulShare);

type Line = readonly [what: string, compute: (country: Country) => string];

const lines: readonly Line[] = [
  ['sign-ins a second at the peak', ({ peakPerSecond }) => String(peakPerSecond)],
  ['cores for nodes', ({ peakPerSecond }) => String(toCores(peakPerSecond, measured.nodeCpuMs))],
  ['cores for PostgreSQL', ({ peakPerSecond }) => String(toCores(peakPerSecond, measured.serverCpuMs))],
  ['commits a second', ({ peakPerSecond }) => String(peakPerSecond * measured.commits)],
  ['write-ahead log a second', ({ peakPerSecond }) => toAmount(peakPerSecond * measured.serverLogBytes)],
  ['network a second', ({ peakPerSecond }) => toAmount(peakPerSecond * measured.networkBytes)],
  ['people and their consents', ({ people }) => toAmount(people * (measured.personBytes + consentsEach * measured.consentBytes))],
  ['the log grows in a year by', ({ perDay }) => toAmount(perDay * yearDays * measured.entryBytes)],
];

export function toCapacityTable(): string {
  const head = ['', ...countries.map(({ name }) => name)];
  return toTable(
    head,
    lines.map(([what, compute]) => [what, ...countries.map(compute)]),
  );
}
