// What a test reads of the page of an answer, and what it asks each question with.

import type { OpenDatabase } from './open-database.ts';
import type { QuestionWorld } from './question-world.ts';
import type { Answered } from './user-agent.ts';

export const readAll = (page: Answered, pattern: RegExp): readonly string[] =>
  [...page.body.matchAll(pattern)].map(([, found]) => (found ?? '').replaceAll('&amp;', '&'));

export const readFigure = (page: Answered, name: string): string | undefined =>
  new RegExp(String.raw`data-figure="${name}"[\s\S]*?figure-value">(?:<a [^>]*>)?<bdi[^>]*>([^<]*)<`).exec(page.body)?.[1];

export const entriesLinks = (page: Answered): readonly string[] => readAll(page, /href="(\/audit\/[^"]*entries\?[^"]*)"/g);
export const readFound = (page: Answered): string | undefined => /data-found="(\d+)"/.exec(page.body)?.[1];

/** The query string of a question, with what it needs to be asked in this world. */
export function toQuestionQuery(made: Pick<QuestionWorld, 'record' | 'notice'>, person: string, name: string): string {
  const values: Readonly<Record<string, string>> = {
    'shared-about-person': `person=${person}`,
    'prove-consent': `record=${made.record}`,
    'what-was-shown': `notice=${made.notice}`,
    'who-holds': 'attribute=email',
    'who-approved': 'service=mol-work-permit',
    'breach-scope': 'service=mol-work-permit&from=2020-01-01&to=2099-01-01',
    'export-complete': 'entry=0',
    'random-sample': 'seed=7&count=5',
  };
  return `ask=1&${values[name] ?? ''}`;
}

/** What the form holds by which an answer is kept. */
export const readKeep = (page: Answered): Readonly<Record<string, string>> => {
  const [form = ''] = /<form[^>]*action="[^"]*\/saved"[\s\S]*?<\/form>/.exec(page.body) ?? [];
  const fields = [...form.matchAll(/name="(token|question|query|as_of)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
};

export const readSize = (page: Answered): string | undefined => /data-as-of="(\d+)"/.exec(page.body)?.[1];

/** What the newest entry says. */
export function readLastBody(database: OpenDatabase): unknown {
  const [row] = database.rows('SELECT body FROM entries ORDER BY rowid DESC LIMIT 1');
  const body: unknown = JSON.parse(String(row?.['body']));
  return body;
}
