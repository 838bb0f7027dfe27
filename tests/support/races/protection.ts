// What closes a person's ways in and serves once: the printed freeze code, and the link of a letter.

import { createUuid, systemRandom } from '../../../src/domain/kernel/ids.ts';
import { deriveNoticeKey } from '../../../src/config/derive-keys.ts';
import { createNoticeToken } from '../../../src/domain/protection/notice-token.ts';
import { createTraveller } from '../person-journey.ts';
import { asBrowser } from '../two-doors.ts';
import type { Shot } from '../two-doors.ts';
import { createEnrolledPerson, getForm, openAccountPage } from '../visits.ts';
import type { Form } from '../visits.ts';
import { countEntries, repeat } from './arena.ts';
import type { SingleUse } from './arena.ts';

function toShot(issuer: string, agent: ReturnType<typeof createTraveller>['agent'], { action, fields }: Form): Shot {
  const headers = { host: new URL(issuer).host, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
  return asBrowser(agent, { method: 'POST', path: new URL(action).pathname, headers, body: new URLSearchParams(fields).toString() });
}

const freezeCode: SingleUse = {
  name: 'printed freeze code',
  table: 'entries',
  begin: async ({ world, issuer }) => {
    return async () => {
      const { traveller } = await createEnrolledPerson(world);
      await openAccountPage(traveller);
      const made = getForm(await traveller.agent.get(`${issuer}/account/freeze/code`), /\/freeze\/code$/);
      const sheet = await traveller.agent.post(made.action, made.fields);
      const [, code = ''] = /data-freeze-code>([^<]*)</.exec(sheet.body) ?? [];
      const { agent } = createTraveller(issuer);
      const form = getForm(await agent.get(`${issuer}/freeze`), /\/freeze$/);
      const shot = toShot(issuer, agent, { ...form, fields: { ...form.fields, code } });
      return { shots: repeat(() => shot), won: '303 /frozen', lost: /^4(?:00|29) /, left: countEntries('person.frozen') };
    };
  },
};

const notMe: SingleUse = {
  name: 'link of a letter',
  table: 'entries',
  begin: async ({ world, issuer, count }) => {
    const key = deriveNoticeKey(world.keys);
    return async () => {
      const { person } = await createEnrolledPerson(world);
      const { notices } = await world.storage.protection.readNotices(person.id, { after: null, limit: 1 });
      const token = createNoticeToken(key, notices[0]?.id ?? createUuid(systemRandom, await count(countEntries('person.frozen'))));
      const { agent } = createTraveller(issuer);
      const shot = toShot(issuer, agent, getForm(await agent.get(`${issuer}/not-me/${token}`), /\/not-me\//));
      return { shots: repeat(() => shot), won: null, lost: /^303 \/not-me\//, left: countEntries('person.disowned') };
    };
  },
};

export const protectionUses: readonly SingleUse[] = [freezeCode, notMe];
