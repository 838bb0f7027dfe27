// The verbs of public figures.

import { findText, getWord } from './verb.ts';
import type { Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

export const figuresVerbs: readonly Verb[] = [
  {
    name: 'publish',
    about: 'publish the figures of a month that has ended; a node does it by itself from a day after its end',
    takes: [{ name: 'month', about: 'as 2026-10' }],
    options: [
      { flags: '--correct', about: 'publish another edition beside the one that was published' },
      { flags: '--reason-ar <text>', about: 'why, in Arabic; everybody reads it, so name nobody' },
      { flags: '--reason-en <text>', about: 'the same in English' },
    ],
    printsData: true,
    run: async (given) => {
      const { runFiguresPublish } = await import('./figures-publish.ts');
      const reason = { ar: findText(given, 'reasonAr') ?? '', en: findText(given, 'reasonEn') ?? '' };
      const correction = given.options['correct'] === true ? { reason } : null;
      const asked = { month: getWord(given, 0), correction, json: given.json };
      return withContext(given.config, async (context) => runFiguresPublish(context, asked));
    },
  },
  {
    name: 'list',
    about: 'show which months were published, with the fingerprint of each',
    printsData: true,
    run: async (given) => {
      const { runFiguresList } = await import('./figures-list.ts');
      return withContext(given.config, async (context) => runFiguresList(context, { json: given.json }));
    },
  },
  {
    name: 'show',
    about: 'print the figures of a month as they were published',
    takes: [{ name: 'month', about: 'as 2026-10, or 2026-10.2 for its second edition' }],
    printsData: true,
    run: async (given) => {
      const { runFiguresShow } = await import('./figures-show.ts');
      return withContext(given.config, async (context) => runFiguresShow(context, { month: getWord(given, 0), json: given.json }));
    },
  },
];
