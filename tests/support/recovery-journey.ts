// Somebody who lost every passkey, over HTTP: types the number, gives the code from the letter, binds a new passkey.

import { setTimeout as wait } from 'node:timers/promises';
import { readLetters } from './mailbox.ts';
import type { ReadLetter } from './mailbox.ts';
import { beginCeremony } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import type { Answered } from './user-agent.ts';
import { getForm } from './visits.ts';
import type { World } from './world.ts';

export async function askForCode({ issuer, agent }: Traveller, number: string): Promise<Answered> {
  const form = getForm(await agent.get(`${issuer}/recover/number`), /\/recover\/number$/);
  return agent.post(form.action, { ...form.fields, number });
}

export async function giveCode({ issuer, agent }: Traveller, code: string): Promise<Answered> {
  const form = getForm(await agent.get(`${issuer}/recover/code`), /\/recover\/code$/);
  return agent.post(form.action, { ...form.fields, code });
}

/** From the page of the code to the one after the ceremony. */
export async function bindPasskey(traveller: Traveller, page: Answered): Promise<Answered> {
  const { verifyUrl, token, answer } = await beginCeremony(traveller, page, 'register');
  const answered: unknown = JSON.parse((await traveller.agent.postJson(verifyUrl, token, answer)).body);
  if (typeof answered !== 'object' || answered === null || !('next' in answered) || typeof answered.next !== 'string') {
    throw new Error(`no passkey was bound: ${JSON.stringify(answered)}`);
  }
  return traveller.agent.get(new URL(answered.next, traveller.issuer).href);
}

const codeForm = /\b((?:[2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4})\b/;

export const lettersTo = (world: World, to: string): readonly ReadLetter[] => readLetters(world).filter((letter) => letter.to === to);

/** Codes that went to this address, the newest last. */
export const codesTo = (world: World, to: string): readonly string[] =>
  lettersTo(world, to).flatMap(({ text }) => codeForm.exec(text)?.[1] ?? []);

export async function waitForRecoveryLetter(world: World, to: string, count: number): Promise<{ readonly code: string }> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const codes = codesTo(world, to);
    const code = codes.at(-1);
    if (codes.length >= count && code !== undefined) {
      return { code };
    }
    await wait(50);
  }
  throw new Error(`no letter number ${count} arrived`);
}
