// The registration counter as an officer uses it: a number, the evidence, and their own passkey.

import type { Officer } from './staff-journey.ts';
import { beginCeremony } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import type { Answered } from './user-agent.ts';
import { getForm } from './visits.ts';
import type { Form } from './visits.ts';
import type { World } from './world.ts';

export type Changes = Readonly<Record<string, string>>;

/** Of a person as the test world makes them: their national card bears their number. */
export const sampleEvidence = {
  document: 'idcard',
  issuer: 'وزارة الداخلية',
  country: 'sau',
  digits: '٠٨',
  expiry: '2099-12-31',
  birth: '1990-05-17',
};

/** As two officers write it down who look at one passport. */
export const samplePassport = {
  document: 'passport',
  issuer: 'Passports',
  country: 'SAU',
  digits: '42AB',
  expiry: '2099-01-01',
  birth: '1990-05-17',
  seen: 'vpip',
  face: 'yes',
};

/** The officer's passkey over what a page shows: the name of the confirmation, which the script puts into the form. */
export async function confirmShown(traveller: Traveller, page: Answered): Promise<string> {
  const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'authenticate');
  const answered: unknown = JSON.parse((await traveller.agent.postJson(verifyUrl, token, answer)).body);
  if (typeof answered === 'object' && answered !== null && 'confirmation' in answered && typeof answered.confirmation === 'string') {
    return answered.confirmation;
  }
  throw new Error(`not confirmed: ${JSON.stringify(answered)}`);
}

/** The word of an approver on a submission, confirmed where the page asks for their passkey. */
export async function decideShown({ agent, ...traveller }: Traveller, { action, fields }: Form, word: Changes): Promise<Answered> {
  const page = await agent.post(action, { ...fields, ...word });
  if (!page.body.includes('data-ceremony="freeze"')) {
    return page;
  }
  const confirm = getForm(page, /\/office\/submissions\/[^/]+$/);
  return agent.post(confirm.action, { ...confirm.fields, confirmation: await confirmShown({ agent, ...traveller }, page) });
}

export const isHandOver = (page: Answered): boolean => page.body.includes('data-ceremony="hand-over"');
/** The form of the act, with the word of the officer that the name is the one on the document. */
const toSaid = ({ action, fields }: Form): Form => ({ action, fields: { ...fields, holder: 'yes' } });
export const toHandOver = (page: Answered): Form => toSaid(getForm(page, /\/office\/people\/hand-over$/));

/** An act of a recovery at the counter, as filled in, and then confirmed where the page asks for the officer's passkey. */
export async function confirmRecovery(traveller: Traveller, page: Answered, changes: Changes = {}): Promise<Answered> {
  if (!page.body.includes('data-ceremony="recovery"')) {
    return page;
  }
  const { action, fields } = toRecoveryAct(page);
  return traveller.agent.post(action, { ...fields, confirmation: await confirmShown(traveller, page), ...changes });
}

export const toRecoveryAct = (page: Answered): Form => toSaid(getForm(page, /\/office\/recoveries(?:\/[\w-]+\/approve)?$/));

export const toLevelHandOver = (page: Answered): Form => toSaid(getForm(page, /\/office\/people\/level\/hand-over$/));
export const readCode = (sheet: Answered): string => /data-code>([^<]*)</.exec(sheet.body)?.[1] ?? '';

export function createCounter({ issuer }: Pick<World, 'issuer'>, { traveller }: Pick<Officer, 'traveller'>) {
  const { agent } = traveller;
  const open = async (path = '/office'): Promise<Answered> => agent.get(`${issuer}${path}`);
  const find = async (number: string): Promise<Answered> => {
    const { action, fields } = getForm(await open(), /\/office\/people$/);
    return agent.post(action, { ...fields, number });
  };
  const giveEvidence = async (page: Answered, changes: Changes = { seen: 'vpip', face: 'yes' }): Promise<Answered> => {
    const { action, fields } = getForm(page, /\/office\/people\/evidence$/);
    return agent.post(action, { ...fields, ...sampleEvidence, ...changes });
  };
  /** From the page that asks for the officer's passkey to the sheet with the code. */
  const confirm = async (page: Answered): Promise<Answered> => {
    const { action, fields } = toHandOver(page);
    return agent.post(action, { ...fields, confirmation: await confirmShown(traveller, page) });
  };
  const handOver = async (page: Answered, changes?: Changes): Promise<Answered> => {
    const shown = await giveEvidence(page, changes);
    return isHandOver(shown) ? confirm(shown) : shown;
  };
  /** For somebody who has a passkey, from the page that found them to the page that asks for the officer's passkey, or that says why not. */
  const proveLevel = async (page: Answered, changes: Changes = { seen: 'vpip', face: 'yes' }): Promise<Answered> => {
    const { action, fields } = getForm(page, /\/office\/people\/level$/);
    return agent.post(action, { ...fields, ...sampleEvidence, ...changes });
  };
  const handOverLevel = async (number: string): Promise<string> => {
    const shown = await proveLevel(await find(number));
    const { action, fields } = toLevelHandOver(shown);
    return readCode(await agent.post(action, { ...fields, confirmation: await confirmShown(traveller, shown) }));
  };
  const readLink = (sheet: Answered): string => `${issuer}/enrol/${readCode(sheet)}`;
  return { open, find, giveEvidence, confirm, handOver, proveLevel, handOverLevel, readLink };
}
