// The verbs of the ledger and of receipts.

import { isEventType } from '../domain/ledger/event.ts';
import { auditPackVerb } from './audit-pack-verb.ts';
import { askVerbs } from './audit-ask-verbs.ts';
import { parseInstant } from './parse-instant.ts';
import { findNumber, findText, findTexts, gather, getWord, parseOneOf } from './verb.ts';
import { monitorVerb } from './monitor-verb.ts';
import type { ParsedWord, Verb, VerbGroup, VerbOption } from './verb.ts';
import { printLine } from './print.ts';
import { standardErr, withParts } from './with-parts.ts';

const formats = ['table', 'jsonl', 'csv'] as const;
type Format = (typeof formats)[number];
const queryFormats = [...formats, 'jsonld'] as const;

function parseFormat(text: string): ParsedWord {
  return formats.some((known) => known === text)
    ? { ok: true, value: text }
    : { ok: false, problem: `Choose one of ${formats.join(', ')}.` };
}

function parseType(text: string, earlier: unknown): ParsedWord {
  const types = text.split(',').map((part) => part.trim());
  const unknown = types.find((type) => !isEventType(type));
  const gathered: readonly unknown[] = Array.isArray(earlier) ? earlier : [];
  return unknown === undefined
    ? { ok: true, value: [...gathered, ...types] }
    : { ok: false, problem: `${unknown} is no type of event; docs/reference/events.md lists them.` };
}

function parseLimit(text: string): ParsedWord {
  return /^[1-9]\d{0,8}$/.test(text) ? { ok: true, value: Number(text) } : { ok: false, problem: 'Write a whole number above zero.' };
}

const orders = ['oldest-first', 'newest-first'] as const;

const queryOptions: readonly VerbOption[] = [
  { flags: '--type <types>', about: 'types of event, separated by commas', parse: parseType },
  { flags: '--service <client_id>', about: 'one service' },
  { flags: '--purpose <id>', about: 'one purpose' },
  { flags: '--attribute <name>', about: 'entries that name this attribute' },
  { flags: '--from <time>', about: 'this day or instant and later (UTC)', parse: parseInstant },
  { flags: '--to <time>', about: 'before this day or instant (UTC)', parse: parseInstant },
  { flags: '--case <number>', about: 'within the reach of this case, newest first, under its pseudonyms' },
  { flags: '--order <order>', about: `${orders.join(' (default) or ')}`, parse: (text) => parseOneOf(orders, text) },
  { flags: '--limit <count>', about: 'at most so many entries', parse: parseLimit },
  { flags: '--format <format>', about: queryFormats.join(', '), parse: (text) => parseOneOf(queryFormats, text) },
];

function parseIndex(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

function toFormat(text: string | undefined, isJson: boolean): Format {
  return formats.find((known) => known === text) ?? (isJson ? 'jsonl' : 'table');
}

const auditVerbList: readonly Verb[] = [
  ...askVerbs,
  {
    name: 'query',
    about: 'print entries of the ledger, without any person or under the pseudonyms of a case; the ledger records it',
    options: queryOptions,
    printsData: true,
    run: async (given) => {
      const { runAuditQuery } = await import('./audit-query.ts');
      const asked = {
        types: findTexts(given, 'type').filter(isEventType),
        service: findText(given, 'service'),
        purpose: findText(given, 'purpose'),
        attribute: findText(given, 'attribute'),
        from: findNumber(given, 'from'),
        to: findNumber(given, 'to'),
        limit: findNumber(given, 'limit'),
        order: orders.find((order) => order === findText(given, 'order')) ?? 'oldest-first',
      };
      const inCase = findText(given, 'case');
      const format = toFormat(findText(given, 'format'), given.json);
      const isLinked = findText(given, 'format') === 'jsonld';
      if (inCase !== undefined && isLinked) {
        printLine(standardErr, '--format jsonld: no vocabulary has the pseudonyms of a case; leave --case out, or take jsonl');
        return 2;
      }
      if (inCase !== undefined) {
        const { runAuditQueryInCase } = await import('./audit-query-case.ts');
        return withParts({ file: given.config, allowsPending: false }, async (parts) =>
          runAuditQueryInCase(parts, { ...asked, format }, inCase),
        );
      }
      return withParts({ file: given.config, allowsPending: false }, async (parts) =>
        runAuditQuery(parts, { ...asked, format: isLinked ? 'jsonld' : format }),
      );
    },
  },
  {
    name: 'show',
    about: 'print one entry and verify its proof; the ledger records it',
    takes: [{ name: 'index', about: 'as query prints it' }],
    options: [
      { flags: '--case <number>', about: 'look through this case: the person stands as in it' },
      { flags: '--proof <file>', about: 'also write entry and proof to a new file for the offline verifier' },
    ],
    printsData: true,
    run: async (given) => {
      const index = parseIndex(getWord(given, 0));
      if (index === undefined) {
        printLine(standardErr, `${getWord(given, 0)}: is no index; write a whole number from 0`);
        return 2;
      }
      const { runAuditShow } = await import('./audit-show.ts');
      const asked = { index, case: findText(given, 'case'), proof: findText(given, 'proof'), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditShow(parts, asked));
    },
  },
  {
    name: 'overdue',
    about: 'print which services owe people an answer whose day has passed, never about whom; the ledger records it',
    options: [{ flags: '--format <format>', about: formats.join(', '), parse: parseFormat }],
    printsData: true,
    run: async (given) => {
      const { runAuditOverdue } = await import('./audit-overdue.ts');
      const format = toFormat(findText(given, 'format'), given.json);
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditOverdue(parts, { format }));
    },
  },
  {
    name: 'anomalies',
    about: 'print what the log shows by itself, rule by rule; the ledger records it',
    options: [
      { flags: '--from <time>', about: 'this day or instant and later (UTC)', parse: parseInstant },
      { flags: '--to <time>', about: 'before this day or instant (UTC)', parse: parseInstant },
      { flags: '--key <file>', about: 'anomalies.json of a made-up country: print recall and precision instead' },
    ],
    printsData: true,
    run: async (given) => {
      const { runAuditAnomalies } = await import('./audit-anomalies.ts');
      const asked = { from: findNumber(given, 'from'), to: findNumber(given, 'to'), key: findText(given, 'key'), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditAnomalies(parts, asked));
    },
  },
  {
    name: 'verify',
    about: 'verify the whole log, that it goes on from a kept checkpoint, and that every record is what the log says',
    options: [{ flags: '--since <file>', about: 'a kept checkpoint; may be repeated', parse: gather }],
    printsData: true,
    run: async (given) => {
      const { runAuditVerify } = await import('./audit-verify.ts');
      const asked = { since: findTexts(given, 'since'), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditVerify(parts, asked));
    },
  },
  monitorVerb,
  {
    name: 'export',
    about: 'write the whole log to a new file for the offline verifier; the ledger records it',
    takes: [{ name: 'file', about: 'must not exist' }],
    printsData: true,
    run: async (given) => {
      const { runAuditExport } = await import('./audit-export.ts');
      const asked = { file: getWord(given, 0), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditExport(parts, asked));
    },
  },
  {
    name: 'verifier',
    about: 'print the offline verifier, one file that needs Node and nothing else',
    printsData: true,
    run: async () => {
      const { runAuditVerifier } = await import('./audit-verifier.ts');
      return runAuditVerifier();
    },
  },
  auditPackVerb,
];

const receiptVerbs: readonly Verb[] = [
  {
    name: 'verify',
    about: 'verify a receipt offline',
    takes: [{ name: 'file', about: 'a downloaded receipt' }],
    options: [
      { flags: '--log-key <key>', about: 'public key of the log that you trust, or a file that holds it' },
      { flags: '--key-history <file>', about: 'how the key of the log was changed, as /ledger/keys gives it' },
      { flags: '--policy <file>', about: 'logs and witnesses that you trust; enough of them have to have cosigned' },
      { flags: '--keys <file>', about: 'JSON Web Key Set of the issuer that you trust' },
      { flags: '--issuer <url>', about: 'the issuer you expect' },
      { flags: '--kept <file>', about: 'a checkpoint that was kept; may be repeated', parse: gather },
    ],
    printsData: true,
    run: async (given) => {
      const { runReceiptVerify } = await import('./receipt-verify.ts');
      return runReceiptVerify({
        file: getWord(given, 0),
        logKey: findText(given, 'logKey'),
        keyHistory: findText(given, 'keyHistory'),
        policy: findText(given, 'policy'),
        keys: findText(given, 'keys'),
        issuer: findText(given, 'issuer'),
        kept: findTexts(given, 'kept'),
        json: given.json,
      });
    },
  },
];

export const auditVerbs: readonly VerbGroup[] = [
  { name: 'audit', about: 'the ledger: look, verify, export', verbs: auditVerbList },
  { name: 'receipt', about: 'receipts of people', verbs: receiptVerbs },
];
