// The verbs by which an operator helps the developers of a service.

import { parseInstant } from './parse-instant.ts';
import { findNumber, getWord, parseCount } from './verb.ts';
import type { Verb } from './verb.ts';
import { withParts } from './with-parts.ts';

export const traceVerbs: readonly Verb[] = [
  {
    name: 'trace',
    about: 'show what a service asked in one request and which rule refused it; never about whom',
    takes: [{ name: 'request_id', about: 'the header X-Request-Id, or the number on a person’s page' }],
    printsData: true,
    run: async (given) => {
      const { runAgenciesTrace } = await import('./agencies-trace.ts');
      const asked = { reference: getWord(given, 0), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAgenciesTrace(parts, asked));
    },
  },
  {
    name: 'traces',
    about: 'list the refused requests of a service, the newest first; kept for 14 days',
    takes: [{ name: 'client_id', about: 'the service' }],
    options: [
      { flags: '--since <time>', about: 'this day or instant and later (UTC)', parse: parseInstant },
      { flags: '--limit <count>', about: 'at most so many (default: 50)', parse: (text) => parseCount(999, text) },
      { flags: '--all', about: 'also the steps of sign-ins that went well' },
    ],
    printsData: true,
    run: async (given) => {
      const { runAgenciesTraces } = await import('./agencies-traces.ts');
      const asked = {
        clientId: getWord(given, 0),
        since: findNumber(given, 'since') ?? null,
        limit: findNumber(given, 'limit') ?? 50,
        isAll: given.options['all'] === true,
        json: given.json,
      };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runAgenciesTraces(parts, asked));
    },
  },
];
