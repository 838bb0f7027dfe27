// The verbs of what agencies owe people.

import { answerStates } from './duties-answer.ts';
import { findNumber, findText, getWord, parseCount, parseOneOf } from './verb.ts';
import type { Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

export const dutiesVerbs: readonly Verb[] = [
  {
    name: 'list',
    about: 'show what a service still owes people after they took something back; names nobody, and the ledger records it',
    takes: [{ name: 'service', about: 'client id' }],
    options: [
      { flags: '--limit <count>', about: 'at most so many, the oldest first (default: 100)', parse: (text) => parseCount(9999, text) },
    ],
    printsData: true,
    run: async (given) => {
      const { runDutiesList } = await import('./duties-list.ts');
      const asked = { service: getWord(given, 0), limit: findNumber(given, 'limit') ?? 100, json: given.json };
      return withContext(given.config, async (context) => runDutiesList(context, asked));
    },
  },
  {
    name: 'answer',
    about: 'enter what an agency wrote, for a service that was retired or has no access of its own',
    takes: [{ name: 'duty', about: 'id, as list prints it' }],
    options: [
      { flags: '--as <state>', about: answerStates.join(', '), isRequired: true, parse: (text) => parseOneOf(answerStates, text) },
      { flags: '--article-ar <text>', about: 'the law and its article by which data is kept, in Arabic' },
      { flags: '--article-en <text>', about: 'the same in English' },
      { flags: '--reference <text>', about: "the agency's letter; it stands in the log for good", isRequired: true },
    ],
    printsData: true,
    run: async (given) => {
      const { runDutiesAnswer } = await import('./duties-answer.ts');
      const state = answerStates.find((candidate) => candidate === findText(given, 'as')) ?? 'acknowledged';
      const article = { ar: findText(given, 'articleAr') ?? '', en: findText(given, 'articleEn') ?? '' };
      const asked = { duty: getWord(given, 0), state, article, reference: findText(given, 'reference') ?? '', json: given.json };
      return withContext(given.config, async (context) => runDutiesAnswer(context, asked));
    },
  },
];
