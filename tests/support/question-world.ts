// A small world that was made through the real app, for the questions of auditors: consents with their notices, releases, an over-ask, a withdrawal, a
// refusal, looks of an auditor, and a case in which two people stand under pseudonyms.

import { readLog } from './read-log.ts';
import { fetchUserInfo } from './service.ts';
import { createSignedInOfficer } from './staff-journey.ts';
import type { Officer } from './staff-journey.ts';
import type { Answered } from './user-agent.ts';
import { createEnrolled, obtainTokens, withdraw } from './visits.ts';
import { createWorld } from './world.ts';
import type { World, WorldSettings } from './world.ts';

export type QuestionWorld = {
  readonly world: World;
  readonly auditor: Officer;
  readonly caseUrl: string;
  /** A page of the auditor. */
  readonly get: (path: string) => Promise<Answered>;
  /** The record of the permit that was withdrawn, and the notice that was shown before it. */
  readonly record: string;
  readonly notice: string;
  readonly close: () => Promise<void>;
};

const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

async function openCase(world: World, auditor: Officer): Promise<string> {
  const { agent } = auditor.traveller;
  const form = await agent.get(`${world.issuer}/audit/cases/new`);
  const token = /name="token" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
  const ends = toDay(world.clock.now() + 30 * 86_400_000);
  const fields = { number: '1448/Q/12', authority: 'Court', basis: 'complaint', scope: 'all', agency: '', from: '', to: '', ends };
  const page = await agent.post(`${world.issuer}/audit/cases`, { token, ...fields });
  const [caseUrl] = /\/audit\/cases\/[\da-f-]{36}/.exec(page.url) ?? /\/audit\/cases\/[\da-f-]{36}/.exec(page.body) ?? [];
  if (caseUrl === undefined) {
    throw new Error(`no case was opened: ${page.status}`);
  }
  return caseUrl;
}

function readMember(body: string, pattern: RegExp): string {
  return pattern.exec(body)?.[1] ?? '';
}

export async function createQuestionWorld(settings: WorldSettings = {}): Promise<QuestionWorld> {
  const world = await createWorld(settings);
  const first = await createEnrolled(world);
  const tokens = await obtainTokens(first, 'permit', { attributes: ['email'] });
  await fetchUserInfo(world.issuer, tokens.body['access_token']);
  const second = await createEnrolled(world);
  const clinic = await obtainTokens(second, 'clinic');
  await fetchUserInfo(world.issuer, clinic.body['access_token']);
  await withdraw(first, 'permit');
  const auditor = await createSignedInOfficer(world, 'auditor', 'Noura Alsalem');
  const caseUrl = await openCase(world, auditor);
  const entries = await readLog(world);
  const given = entries.find(({ type, service }) => type === 'consent.given' && service === 'mol-work-permit');
  return {
    world,
    auditor,
    caseUrl,
    get: async (path) => auditor.traveller.agent.get(`${world.issuer}${path}`),
    record: readMember(given?.body ?? '', /"record":"([^"]*)"/),
    notice: readMember(given?.body ?? '', /"notice_sha256":"([^"]*)"/),
    close: world.close,
  };
}
