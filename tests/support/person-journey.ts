// What a person does, over HTTP, with a software authenticator in the hand: enrol, sign in, decide, withdraw.

import { createHash, randomBytes } from 'node:crypto';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import type { SoftwareAuthenticator } from './software-authenticator.ts';
import { createUserAgent, readAttribute, readHidden } from './user-agent.ts';
import type { Answered, UserAgent } from './user-agent.ts';

export type Traveller = { readonly issuer: string; readonly agent: UserAgent; readonly authenticator: SoftwareAuthenticator };

export function createTraveller(issuer: string, authenticator = createSoftwareAuthenticator()): Traveller {
  return { issuer, agent: createUserAgent(issuer), authenticator };
}

export type AuthorizationRequest = { readonly url: string; readonly verifier: string; readonly state: string; readonly nonce: string };

export function createAuthorization(
  issuer: string,
  asked: { readonly clientId: string; readonly redirectUri: string; readonly extra?: Readonly<Record<string, string>> },
): AuthorizationRequest {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const url = new URL('/auth', issuer);
  const parameters = {
    client_id: asked.clientId,
    redirect_uri: asked.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...asked.extra,
  };
  Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
  return { url: url.href, verifier, state, nonce };
}

export type BegunCeremony = { readonly verifyUrl: string; readonly token: string; readonly answer: unknown };

/** Asks for the options that a page offers and has the authenticator answer them; nothing is sent yet. */
export async function beginCeremony(traveller: Traveller, page: Answered, kind: 'register' | 'authenticate'): Promise<BegunCeremony> {
  const token = readAttribute(page.body, 'data-token');
  const at = (name: string): string => new URL(readAttribute(page.body, name), traveller.issuer).href;
  const begun: unknown = JSON.parse((await traveller.agent.postJson(at('data-options-url'), token, {})).body);
  if (typeof begun !== 'object' || begun === null || !('options' in begun) || !('ceremony' in begun)) {
    throw new Error(`no ceremony began: ${JSON.stringify(begun)}`);
  }
  const response = traveller.authenticator[kind](begun.options, traveller.issuer);
  return { verifyUrl: at('data-verify-url'), token, answer: { ceremony: begun.ceremony, response } };
}

async function runCeremony(traveller: Traveller, page: Answered, kind: 'register' | 'authenticate'): Promise<Answered> {
  const { verifyUrl, token, answer } = await beginCeremony(traveller, page, kind);
  return traveller.agent.postJson(verifyUrl, token, answer);
}

function readNext(answered: Answered): string {
  const answer: unknown = JSON.parse(answered.body);
  if (typeof answer === 'object' && answer !== null && 'next' in answer && typeof answer.next === 'string') {
    return answer.next;
  }
  throw new Error(`the ceremony was refused: ${answered.status} ${answered.body}`);
}

export async function enrol(traveller: Traveller, link: string): Promise<Answered> {
  const answered = await runCeremony(traveller, await traveller.agent.get(link), 'register');
  return traveller.agent.get(new URL(readNext(answered), traveller.issuer).href);
}

/** Answers the ceremony of a page, and goes on when it is called. */
export async function answerCeremony(traveller: Traveller, page: Answered): Promise<() => Promise<Answered>> {
  const next = readNext(await runCeremony(traveller, page, 'authenticate'));
  return () => traveller.agent.get(new URL(next, traveller.issuer).href);
}

/** From a sign-in page, or a decision that waits for a passkey, to wherever it leads. */
export async function signIn(traveller: Traveller, page: Answered): Promise<Answered> {
  return (await answerCeremony(traveller, page))();
}

export async function submit(
  traveller: Traveller,
  page: Answered,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<Answered> {
  const action = new URL(readAttribute(page.body, 'action'), page.url).href;
  return traveller.agent.post(action, { ...readHidden(page.body), ...fields });
}

/** Agrees with a button alone, and stays on the page of the passkey where one is asked. */
export const press = (traveller: Traveller, page: Answered, attributes: readonly string[] = []): Promise<Answered> =>
  submit(traveller, page, { decision: 'allow', attribute: attributes });

/** Whether the decision waits for a passkey. */
export const isConfirmation = (page: Answered): boolean => page.body.includes('data-ceremony="confirm"');

/** Agrees, and confirms it with the passkey where that is asked. */
export async function allow(traveller: Traveller, page: Answered, attributes: readonly string[] = []): Promise<Answered> {
  const answered = await press(traveller, page, attributes);
  return isConfirmation(answered) ? signIn(traveller, answered) : answered;
}

export const refuse = (traveller: Traveller, page: Answered): Promise<Answered> => submit(traveller, page, { decision: 'refuse' });
export const goOn = (traveller: Traveller, page: Answered): Promise<Answered> => submit(traveller, page, { decision: 'continue' });
