// Asking a saved question: what is in sight is worked out, the answer is made, and an entry is left before anything is handed out.

import type { Json } from '../../kernel/canonical.ts';
import { refuse, succeed } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/errors.ts';
import { recordLook } from '../look.ts';
import type { Looker, LookNeeds } from '../look.ts';
import type { Answer, Asking, Question, Values } from './question.ts';
import { listFound } from './found.ts';
import { openSight } from './sight.ts';
import type { OpenSight, SightNeeds, Standing } from './sight.ts';

export type AskNeeds = Pick<LookNeeds, 'random' | 'record' | 'assertRoom'> & SightNeeds & Pick<Asking, 'homeCountry'>;

export type Asked = {
  readonly question: Question;
  readonly values: Values;
  readonly standing: Standing;
  /** Size of an earlier checkpoint; null for the newest. */
  readonly asOf: number | null;
  readonly page: Asking['page'];
  /** In which form the answer is handed out. */
  readonly form: 'page' | 'json' | 'jsonl' | 'csv' | 'table';
};

export type Reply = Pick<OpenSight, 'checkpoint'> & { readonly answer: Answer };

function toAsking(needs: AskNeeds, asked: Asked, open: OpenSight): Asking {
  const { values, page } = asked;
  const { sight, checkpoint, registered, toPerson } = open;
  const isAsked = (agency: string, service: string): boolean =>
    (sight.services?.includes(service) ?? true) && (values.agency ?? agency) === agency && (values.service ?? service) === service;
  return {
    ports: needs,
    values,
    sight,
    homeCountry: needs.homeCountry,
    now: checkpoint?.at ?? needs.clock.now(),
    services: registered.filter(({ agency, service }) => isAsked(agency.id, service.clientId)),
    page,
    toPerson,
    findPerson: async (pseudonym) => asked.standing.inside?.findPerson(pseudonym),
  };
}

function toPayload({ question, values, standing, page, form }: Asked, { checkpoint }: OpenSight, answer: Answer): Json {
  return {
    query: question.name,
    parameters: { ...values },
    case: standing.inside?.number ?? null,
    as_of: checkpoint?.size ?? 0,
    after: page.after,
    returned: answer.tables.reduce((sum, { rows }) => sum + rows.length, 0),
    form,
  };
}

/** `audit/case-needed`: the question is about people, who have no name outside a case. */
export async function askQuestion(
  needs: AskNeeds,
  by: Looker,
  asked: Asked,
): Promise<Outcome<Reply, 'audit/case-needed' | 'audit/checkpoint-unknown'>> {
  const { question, standing, asOf, values } = asked;
  if (question.needsCase && standing.inside === null) {
    return refuse('audit/case-needed', question.name);
  }
  const opened = await openSight(needs, { standing, asOf, person: values.person });
  if (!opened.ok) {
    return opened;
  }
  const asking = toAsking(needs, asked, opened.value);
  const own = await question.answer(asking);
  const found = asked.page.after === null ? await listFound(asking, question) : [];
  const answer = { ...own, tables: [...own.tables, ...found] };
  await opened.value.remember();
  await recordLook(needs, by, { type: 'record.searched', payload: toPayload(asked, opened.value, answer) });
  return succeed({ answer, checkpoint: opened.value.checkpoint });
}
