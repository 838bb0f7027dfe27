// Every word of the command, in the order in which help shows them. What a verb needs is loaded when it runs, so that help answers at once.

import { auditVerbs } from './audit-verbs.ts';
import { consentsVerbs } from './consents-verbs.ts';
import { dutiesVerbs } from './duties-verbs.ts';
import { figuresVerbs } from './figures-verbs.ts';
import { keysVerbs } from './keys-verbs.ts';
import { mdsVerbs } from './mds-verbs.ts';
import { officersVerbs } from './officers-verbs.ts';
import { outboxVerbs } from './outbox-verbs.ts';
import { readWord, wordOptions } from './operators-word.ts';
import { proofingVerbs } from './proofing-verbs.ts';
import { traceVerbs } from './trace-verbs.ts';
import { upkeepVerbs } from './upkeep-verbs.ts';
import { witnessVerbs } from './witness-verbs.ts';
import { findNumber, findText, getWord } from './verb.ts';
import type { ParsedWord, Verb, VerbGroup } from './verb.ts';
import { toContext, withContext, withParts } from './with-parts.ts';

function parsePort(text: string): ParsedWord {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_533 ? { ok: true, value: port } : { ok: false, problem: 'Choose a port from 1 to 65533.' };
}

const nodeVerbs: readonly Verb[] = [
  {
    name: 'setup',
    about: 'write a settings file and fresh keys; overwrites nothing',
    options: [
      { flags: '--issuer <url>', about: 'the origin under which everybody knows this provider', isRequired: true },
      { flags: '--dir <dir>', about: 'where to write (default: the working directory)' },
    ],
    printsData: true,
    run: async (given) => {
      const { runSetup } = await import('./setup.ts');
      return runSetup({ issuer: findText(given, 'issuer') ?? '', folder: findText(given, 'dir') ?? '.', json: given.json });
    },
  },
  {
    name: 'migrate',
    about: 'apply what the database lacks',
    printsData: true,
    run: async (given) => {
      const { runMigrate } = await import('./migrate.ts');
      return runMigrate(given);
    },
  },
  {
    name: 'serve',
    about: 'run a node until it is told to stop',
    run: async (given) => {
      const { serve } = await import('./serve.ts');
      return serve({ file: given.config });
    },
  },
  {
    name: 'demo',
    about: 'run the demo world: a provider, two services, three people',
    options: [
      { flags: '--dir <dir>', about: 'where its state is kept between starts (default: var/demo)' },
      { flags: '--port <port>', about: 'of the provider; the services take the next two (default: 3000)', parse: parsePort },
      { flags: '--reset', about: 'begin again: remove the state of this demo first' },
    ],
    run: async (given) => {
      const { runDemo } = await import('./demo.ts');
      const isReset = given.options['reset'] === true;
      return runDemo({ folder: findText(given, 'dir') ?? 'var/demo', port: findNumber(given, 'port'), isReset });
    },
  },
];

const peopleVerbs: readonly Verb[] = [
  {
    name: 'import',
    about: 'take people in from JSON Lines, all or none',
    takes: [{ name: 'file', about: 'one person a line' }],
    printsData: true,
    run: async (given) => {
      const { runPeopleImport } = await import('./people-import.ts');
      return withContext(given.config, async (context) => runPeopleImport(context, { file: getWord(given, 0), json: given.json }));
    },
  },
  {
    name: 'invite',
    about: 'print a one-time enrolment link',
    takes: [{ name: 'id', about: 'registry identifier' }],
    options: wordOptions,
    printsData: true,
    run: async (given) => {
      const { runPeopleInvite } = await import('./people-invite.ts');
      return withContext(given.config, async (context) =>
        runPeopleInvite(context, { id: getWord(given, 0), ...readWord(given), json: given.json }),
      );
    },
  },
  {
    name: 'status',
    about: 'change the status of a person, from the next request on',
    takes: [
      { name: 'id', about: 'registry identifier' },
      { name: 'status', about: 'active, suspended, frozen, deceased or emigrated' },
    ],
    options: [
      ...wordOptions,
      { flags: '--end-own-freeze', about: 'with active: end also a freeze that the person made, without the delay; they are told' },
    ],
    printsData: true,
    run: async (given) => {
      const { runPeopleStatus } = await import('./people-status.ts');
      const endsOwnFreeze = given.options['endOwnFreeze'] === true;
      const asked = { id: getWord(given, 0), status: getWord(given, 1), endsOwnFreeze, ...readWord(given), json: given.json };
      return withContext(given.config, async (context) => runPeopleStatus(context, asked));
    },
  },
  {
    name: 'close',
    about: 'close again, after a restore, the accounts that their persons had closed since the backup',
    options: [
      {
        flags: '--closed-in <database>',
        about: 'a copy of the database that is newer than the backup: sqlite:PATH or a postgres:// URL',
        isRequired: true,
      },
    ],
    printsData: true,
    run: async (given) => {
      const { runPeopleClose } = await import('./people-close.ts');
      const asked = { closedIn: findText(given, 'closedIn') ?? '', json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runPeopleClose(parts, asked));
    },
  },
];

const agenciesVerbs: readonly Verb[] = [
  {
    name: 'apply',
    about: 'register agencies, services and purposes, and print the difference',
    takes: [{ name: 'file', about: 'JSON' }],
    printsData: true,
    run: async (given) => {
      const { runAgenciesApply } = await import('./agencies-apply.ts');
      return withContext(given.config, async (context) => runAgenciesApply(context, { file: getWord(given, 0), json: given.json }));
    },
  },
  {
    name: 'check',
    about: 'say what apply would say, and change nothing',
    takes: [{ name: 'file', about: 'JSON' }],
    printsData: true,
    run: async (given) => {
      const { runAgenciesCheck } = await import('./agencies-check.ts');
      return withContext(given.config, async (context) => runAgenciesCheck(context, { file: getWord(given, 0), json: given.json }));
    },
  },
  {
    name: 'preview',
    about: 'write the pages on which people decide, in both languages, as files',
    takes: [{ name: 'service', about: 'client_id' }],
    options: [
      { flags: '--file <file>', about: 'of a file that need not be applied (default: what is registered)' },
      { flags: '--purpose <id>', about: 'one purpose alone (default: all)' },
      { flags: '--kind <kind>', about: 'citizen, resident, visitor or gcc (default: one for each legal basis)' },
      { flags: '--out <dir>', about: 'where to write (default: var/preview)' },
    ],
    printsData: true,
    run: async (given) => {
      const { runAgenciesPreview } = await import('./agencies-preview.ts');
      const asked = { file: findText(given, 'file'), purpose: findText(given, 'purpose'), kind: findText(given, 'kind') };
      const options = { ...asked, service: getWord(given, 0), folder: findText(given, 'out') ?? 'var/preview', json: given.json };
      return withContext(given.config, async (context) => runAgenciesPreview(context, options));
    },
  },
  {
    name: 'list',
    about: 'list agencies and their services',
    printsData: true,
    run: async (given) => {
      const { runAgenciesList } = await import('./agencies-list.ts');
      return withContext(given.config, async (context) => runAgenciesList(context, { json: given.json }));
    },
  },
  {
    name: 'show',
    about: 'show an agency or a service with its purposes',
    takes: [{ name: 'id', about: 'agency or client_id' }],
    printsData: true,
    run: async (given) => {
      const { runAgenciesShow } = await import('./agencies-show.ts');
      return withContext(given.config, async (context) => runAgenciesShow(context, { id: getWord(given, 0), json: given.json }));
    },
  },
  {
    name: 'history',
    about: 'show what a service was registered as, and since when',
    takes: [{ name: 'service', about: 'client_id' }],
    printsData: true,
    run: async (given) => {
      const { runAgenciesHistory } = await import('./agencies-history.ts');
      return withContext(given.config, async (context) => runAgenciesHistory(context, { clientId: getWord(given, 0), json: given.json }));
    },
  },
  {
    name: 'prove',
    about: 'look for the proof that an agency holds a host of its services, and keep it',
    takes: [{ name: 'host', about: 'as "agencies check" names it' }],
    printsData: true,
    run: async (given) => {
      const { runAgenciesProve } = await import('./agencies-prove.ts');
      const { findTexts } = await import('../outbound/find-texts.ts');
      const { createWayOut } = await import('../outbound/way-out.ts');
      const options = { host: getWord(given, 0), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) =>
        runAgenciesProve(toContext(parts), { findTexts, fetch: createWayOut(parts.config) }, options),
      );
    },
  },
  {
    name: 'status',
    about: 'change the status of a service, from the next request on',
    takes: [
      { name: 'client_id', about: 'the service' },
      { name: 'status', about: 'active, suspended or retired' },
    ],
    printsData: true,
    run: async (given) => {
      const { runAgenciesStatus } = await import('./agencies-status.ts');
      const asked = { clientId: getWord(given, 0), status: getWord(given, 1), json: given.json };
      return withContext(given.config, async (context) => runAgenciesStatus(context, asked));
    },
  },
  ...traceVerbs,
];

export const verbGroups: readonly VerbGroup[] = [
  { name: null, about: '', verbs: nodeVerbs },
  { name: null, about: '', verbs: upkeepVerbs },
  { name: 'agencies', about: 'agencies, their services and purposes', verbs: agenciesVerbs },
  { name: 'people', about: 'people and their enrolment', verbs: peopleVerbs },
  { name: 'proofing', about: 'whose signed statements let people enrol', verbs: proofingVerbs },
  { name: 'consents', about: 'records of sharing, by order of an authority', verbs: consentsVerbs },
  { name: 'duties', about: 'what agencies owe people after they took something back', verbs: dutiesVerbs },
  { name: 'officers', about: 'staff: auditors, operators, registrars, approvers, developers', verbs: officersVerbs },
  { name: 'mds', about: 'FIDO metadata: which models of passkeys are to be trusted', verbs: mdsVerbs },
  { name: 'keys', about: 'the keys that sign tokens: states and rotation', verbs: keysVerbs },
  { name: 'witness', about: 'an independent witness of a log: needs no provider and no database of one', verbs: witnessVerbs },
  { name: 'outbox', about: 'what waits to leave: messages to services', verbs: outboxVerbs },
  { name: 'figures', about: 'public figures of each month', verbs: figuresVerbs },
  ...auditVerbs,
];
