// The verb that takes an evidence pack.

import { wholeLog } from '../domain/audit/exports/query.ts';
import type { PackQuery } from '../domain/audit/exports/query.ts';
import { isCasePseudonym } from '../domain/audit/case.ts';
import { isEventType } from '../domain/ledger/event.ts';
import { parseInstant } from './parse-instant.ts';
import { printLine } from './print.ts';
import { findNumber, findText, getWord, parseCount, parseOneOf } from './verb.ts';
import type { Given, ParsedWord, Verb } from './verb.ts';
import { standardErr, withParts } from './with-parts.ts';

const openings = ['matching', 'all'] as const;
const receipts = ['withheld', 'included'] as const;

function parseCase(text: string): ParsedWord {
  return /^[A-Za-z0-9./-]{1,40}$/.test(text)
    ? { ok: true, value: text }
    : { ok: false, problem: 'Write the number of the case: up to 40 letters, digits, dots, slashes and hyphens.' };
}

function parsePerson(text: string): ParsedWord {
  return isCasePseudonym(text)
    ? { ok: true, value: text }
    : { ok: false, problem: 'Write the pseudonym as the case shows it: P- and 12 characters.' };
}

function parseTypes(text: string): ParsedWord {
  const unknown = text.split(',').find((type) => !isEventType(type));
  return unknown === undefined
    ? { ok: true, value: text }
    : { ok: false, problem: `${unknown} is no type of event; docs/reference/events.md lists them.` };
}

function toQuery(given: Given): PackQuery {
  const text = (name: string): string | null => findText(given, name) ?? null;
  return {
    ...wholeLog,
    record: text('record'),
    service: text('service'),
    purpose: text('purpose'),
    attribute: text('attribute'),
    person: text('person'),
    types: text('type')?.split(',') ?? null,
    from: findNumber(given, 'from') ?? null,
    to: findNumber(given, 'to') ?? null,
  };
}

function toAsked(given: Given) {
  const text = (name: string): string => findText(given, name) ?? '';
  return {
    file: getWord(given, 0),
    json: given.json,
    days: findNumber(given, 'days') ?? 30,
    query: toQuery(given),
    case: text('case'),
    reason: text('reason'),
    recipient: text('recipient'),
    openings: openings.find((each) => each === text('open')) ?? 'matching',
    receipts: receipts.find((each) => each === text('receipts')) ?? 'withheld',
  };
}

export const auditPackVerb: Verb = {
  name: 'pack',
  about: 'write an evidence pack to a new ZIP file that anybody can verify; the ledger records it',
  takes: [{ name: 'file', about: 'must not exist' }],
  options: [
    {
      flags: '--case <number>',
      about: 'an open case, by its number as on the paper; nothing beyond its scope is taken',
      isRequired: true,
      parse: parseCase,
    },
    { flags: '--reason <text>', about: 'why it is taken; names nobody', isRequired: true },
    { flags: '--recipient <text>', about: 'for whom; stands in every copy', isRequired: true },
    { flags: '--record <id>', about: 'one sharing record' },
    { flags: '--person <pseudonym>', about: 'one person, by their pseudonym in the case', parse: parsePerson },
    { flags: '--service <client_id>', about: 'one service' },
    { flags: '--purpose <id>', about: 'one purpose' },
    { flags: '--attribute <name>', about: 'entries that name this attribute' },
    { flags: '--type <types>', about: 'types of event, separated by commas', parse: parseTypes },
    { flags: '--from <time>', about: 'this day or instant and later (UTC)', parse: parseInstant },
    { flags: '--to <time>', about: 'before this day or instant (UTC)', parse: parseInstant },
    {
      flags: '--open <which>',
      about: 'matching (default), or all: every entry of the period',
      parse: (text) => parseOneOf(openings, text),
    },
    {
      flags: '--receipts <which>',
      about: 'withheld (default), or included: they hold the number by which the service knows the person',
      parse: (text) => parseOneOf(receipts, text),
    },
    { flags: '--days <count>', about: 'to be destroyed after so many days; 30 if not given', parse: (text) => parseCount(999, text) },
  ],
  printsData: true,
  run: async (given) => {
    const asked = toAsked(given);
    if (asked.query.record === null && asked.query.service === null && asked.query.person === null && asked.query.from === null) {
      printLine(standardErr, 'say what the pack is about: --record, --service, --person, or a period with --from');
      return 2;
    }
    const { runAuditPack } = await import('./audit-pack.ts');
    return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditPack(parts, asked));
  },
};
