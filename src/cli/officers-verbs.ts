// The verbs of staff.

import { roles } from '../domain/staff/officer.ts';
import { findText, getWord } from './verb.ts';
import type { ParsedWord, Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

function parseRole(text: string): ParsedWord {
  return roles.some((known) => known === text) ? { ok: true, value: text } : { ok: false, problem: `Choose one of ${roles.join(', ')}.` };
}

export const officersVerbs: readonly Verb[] = [
  {
    name: 'invite',
    about: 'print a one-time enrolment link; asked again before it is used, a fresh one for the same officer',
    options: [
      { flags: '--role <role>', about: roles.join(', '), isRequired: true, parse: parseRole },
      { flags: '--name <name>', about: 'as on the badge', isRequired: true },
      { flags: '--case <number>', about: 'of an expert: the one case that they read' },
      { flags: '--until <day>', about: 'of an expert: the last day on which they do, as YYYY-MM-DD' },
      { flags: '--agency <id>', about: 'the agency the officer works for; needed for a developer, and the mandate of an auditor' },
    ],
    printsData: true,
    run: async (given) => {
      const { runOfficersInvite } = await import('./officers-invite.ts');
      const role = roles.find((known) => known === findText(given, 'role')) ?? 'developer';
      const of = {
        agencyId: findText(given, 'agency') ?? null,
        caseNumber: findText(given, 'case') ?? null,
        until: findText(given, 'until') ?? null,
      };
      const asked = { role, name: findText(given, 'name') ?? '', ...of, json: given.json };
      return withContext(given.config, async (context) => runOfficersInvite(context, asked));
    },
  },
  {
    name: 'list',
    about: 'list officers with role, status and passkeys',
    printsData: true,
    run: async (given) => {
      const { runOfficersList } = await import('./officers-list.ts');
      return withContext(given.config, async (context) => runOfficersList(context, { json: given.json }));
    },
  },
  {
    name: 'status',
    about: 'change the status of an officer, from the next request on',
    takes: [
      { name: 'id', about: 'as "officers list" shows it' },
      { name: 'status', about: 'active or suspended' },
    ],
    printsData: true,
    run: async (given) => {
      const { runOfficersStatus } = await import('./officers-status.ts');
      const asked = { id: getWord(given, 0), status: getWord(given, 1), json: given.json };
      return withContext(given.config, async (context) => runOfficersStatus(context, asked));
    },
  },
];
