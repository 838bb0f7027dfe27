// The verbs of saved questions.

import { findText, findTexts, gather, getWord, parseOneOf } from './verb.ts';
import type { Verb } from './verb.ts';
import { withParts } from './with-parts.ts';

const formats = ['table', 'jsonl', 'csv'] as const;

export const askVerbs: readonly Verb[] = [
  {
    name: 'questions',
    about: 'list the saved questions of auditors, what each is asked with, and which need a case',
    run: async () => {
      const { runAuditQuestions } = await import('./audit-ask.ts');
      return runAuditQuestions();
    },
  },
  {
    name: 'ask',
    about: 'ask a saved question; people stand under pseudonyms of a case, or not at all; the ledger records it',
    takes: [{ name: 'question', about: 'as `questions` lists it' }],
    options: [
      {
        flags: '--param <name=value>',
        about: 'a parameter of the question; may be repeated; days are those of the country',
        parse: gather,
      },
      { flags: '--case <number>', about: 'inside this case' },
      { flags: '--as-of <size>', about: 'as the log stood at the checkpoint of this size' },
      { flags: '--format <format>', about: formats.join(', '), parse: (text) => parseOneOf(formats, text) },
    ],
    printsData: true,
    run: async (given) => {
      const { runAuditAsk } = await import('./audit-ask.ts');
      const asked = {
        name: getWord(given, 0),
        parameters: findTexts(given, 'param'),
        case: findText(given, 'case'),
        asOf: findText(given, 'asOf'),
        format: formats.find((format) => format === findText(given, 'format')) ?? (given.json ? 'jsonl' : 'table'),
      };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAuditAsk(parts, asked));
    },
  },
];
