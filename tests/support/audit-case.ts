// A case with two auditors, as they open it at their desk; finding somebody, asking who it is, and deciding.

import { confirmShown } from './counter.ts';
import { createSignedInOfficer } from './staff-journey.ts';
import type { Officer } from './staff-journey.ts';
import type { Answered } from './user-agent.ts';
import { getForm } from './visits.ts';
import type { World } from './world.ts';

type Fields = Readonly<Record<string, string>>;

export const toCaseDay = (at: number): string => new Date(at + 3 * 3_600_000).toISOString().slice(0, 10);

export type CaseDesk = {
  readonly opener: Officer;
  readonly colleague: Officer;
  readonly url: string;
  readonly get: (officer: Officer, path?: string) => Promise<Answered>;
  /** Fills in the form of a page that goes to `action`, and sends it. */
  readonly send: (officer: Officer, form: { readonly page: string; readonly action: RegExp; readonly fields: Fields }) => Promise<Answered>;
  readonly findByReceipt: (receipt: string) => Promise<string>;
  /** Up to the page that asks for the passkey. */
  readonly ask: (fields: Fields) => Promise<Answered>;
  /** The page that asks for the passkey, confirmed by this officer. */
  readonly confirm: (officer: Officer, page: Answered) => Promise<Answered>;
  readonly decide: (officer: Officer, unmaskUrl: string, decision: 'approve' | 'deny') => Promise<Answered>;
};

export type CaseOpened = {
  readonly number?: string;
  readonly names?: readonly [string, string];
  readonly scope?: string;
  readonly agency?: string;
  readonly basis?: string;
  /** Who are there already, in the place of two new ones. */
  readonly officers?: readonly [Officer, Officer];
};

type CaseWorld = Pick<World, 'issuer' | 'storage' | 'clock'>;

async function createAuditors(world: CaseWorld, { names: [first, second] = ['Noura Alsalem', 'Sami Alharbi'] }: CaseOpened) {
  return [await createSignedInOfficer(world, 'auditor', first), await createSignedInOfficer(world, 'auditor', second)] as const;
}

export async function openCaseDesk(world: CaseWorld, asked: CaseOpened = {}): Promise<CaseDesk> {
  const { issuer } = world;
  const { officers, names: _names, ...changes } = asked;
  const [opener, colleague] = officers ?? (await createAuditors(world, asked));
  const send: CaseDesk['send'] = async ({ traveller }, { page, action, fields }) => {
    const form = getForm(await traveller.agent.get(`${issuer}${page}`), action);
    return traveller.agent.post(form.action, { ...form.fields, ...fields });
  };
  const ends = toCaseDay(world.clock.now() + 200 * 86_400_000);
  const blank = { number: '1448/Q/77', authority: 'Administrative Court', basis: 'complaint', scope: 'all', agency: '', from: '', to: '' };
  const draft = { ...blank, ...changes, ends };
  const opened = await send(opener, { page: '/audit/cases/new', action: /\/audit\/cases$/, fields: draft });
  const url = new URL(opened.url).pathname;
  await send(opener, { page: url, action: /\/members$/, fields: { member: colleague.id } });
  const get: CaseDesk['get'] = async ({ traveller }, path = url) => traveller.agent.get(`${issuer}${path}`);
  const confirm: CaseDesk['confirm'] = async ({ traveller }, page) => {
    const form = getForm(page, /\/(?:unmask|breach|suspensions)(?:\/[0-9a-f-]{36})?$/);
    return traveller.agent.post(form.action, { ...form.fields, confirmation: await confirmShown(traveller, page) });
  };
  return {
    opener,
    colleague,
    url,
    get,
    send,
    confirm,
    findByReceipt: async (receipt) => {
      const { traveller } = opener;
      const form = getForm(await get(opener, `${url}/people`), /\/people$/);
      const found = await traveller.agent.post(form.action, { token: form.fields['token'] ?? '', receipt });
      return /P-[0-9A-Z]{12}/.exec(found.body)?.[0] ?? '';
    },
    ask: async (fields) => send(opener, { page: `${url}/unmask`, action: /\/unmask$/, fields }),
    decide: async (officer, unmaskUrl, decision) =>
      confirm(
        officer,
        await send(officer, { page: unmaskUrl, action: /\/(?:unmask|breach|suspensions)\/[0-9a-f-]{36}$/, fields: { decision } }),
      ),
  };
}
