// Who may change what is registered, who has to agree, and when a registration ends (security contract 2.5).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAgenciesStatus } from '../../src/cli/agencies-status.ts';
import { decideShown } from '../support/counter.ts';
import { createAltered, createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createRegistrationDesk } from '../support/registration-desk.ts';
import type { RegistrationDesk } from '../support/registration-desk.ts';
import { createPublicJwk, createPurposeFile } from '../support/sample-proposal.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { createUserAgent } from '../support/user-agent.ts';
import { getForm, obtainTokens, visit } from '../support/visits.ts';

const services = 'agencies[0].services[0]';

describe('changes of a registration', () => {
  let at: CaseWorld;
  let desk: RegistrationDesk;

  beforeAll(async () => {
    at = await createCaseWorld();
    desk = createRegistrationDesk(at);
    await desk.apply({});
  });

  afterAll(async () => {
    await at.close();
  });

  test('RG-02 what is wider of an approved service waits for a second person, and the old one keeps running', async () => {
    const approver = await createSignedInOfficer(at.world, 'approver');
    const added = ['https://licence.kap.example/callback', 'https://licence.kap.example/new'];
    const waiting = await desk.apply({ redirect_uris: added });
    expect(waiting.out).toContain('waiting for an approver');
    const ask = async (address = ''): Promise<string | undefined> => desk.ask('kap-licence', address);
    expect(await ask(added[0])).toBeUndefined();
    expect(await ask(added[1])).toBeDefined();
    const submitted = at.database.rows("SELECT body FROM entries WHERE type = 'purpose.submitted'");
    expect(submitted.map((row) => String(row['body'])).join()).toContain('redirect_uris');
    const [, id = ''] = /submission (\S+)/.exec(waiting.out) ?? [];
    const form = getForm(await approver.traveller.agent.get(`${at.issuer}/office/submissions/${id}`), /\/office\/submissions\/[^/]+$/);
    await decideShown(approver.traveller, form, { decision: 'approve' });
    expect(await ask(added[1])).toBeUndefined();
  });

  test('RG-03 an agency cannot change a service of another one, nor its developer see what waits', async () => {
    const thief = { id: 'thief', registration_number: '7000000080', name: { ar: 'جهة غريبة', en: 'Strange agency' } };
    expect(
      await desk.findRefused({ redirect_uris: ['https://thief.example/cb'], sector: 'thief', jwks: { keys: [createPublicJwk()] } }, thief),
    ).toContain(`${services}.client_id`);
    const waiting = await desk.apply({ purposes: [createPurposeFile({ retention: 'P9Y' })] });
    const [, id = ''] = /submission (\S+)/.exec(waiting.out) ?? [];
    const developer = await createSignedInOfficer(at.world, 'developer');
    const page = await developer.traveller.agent.get(`${at.issuer}/office/submissions/${id}`);
    expect([page.body.includes('kap-licence'), findErrorCode(page)]).toEqual([false, 'officer/other-role']);
  });

  test('RG-17 from the moment an agency is done its service is refused, its tokens are dead, and its people read so', async () => {
    const traveller = await at.newPerson();
    const tokens = await obtainTokens(traveller, 'clinic');
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(200);
    expect(await runAgenciesStatus(desk.captured.context, { clientId: 'moh-clinic', status: 'retired', json: false })).toBe(0);
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
    const refresh = { grant_type: 'refresh_token', refresh_token: 'x' };
    expect((await requestTokens(at.issuer, refresh, 'clinic')).body['error']).toBe('invalid_client');
    const refused = await createUserAgent(at.issuer).get(createAltered(at.issuer, 'clinic', {}));
    expect([refused.status >= 400, findErrorCode(refused) !== undefined]).toEqual([true, true]);
    const register = await createUserAgent(at.issuer).get(`${at.issuer}/services/moh-clinic?lang=en`);
    expect(register.body).toMatch(/retired|no longer offered|Ended/i);
    expect((await visit(traveller, 'permit')).callback).toContain('code=');
  });

  test('RG-18 nobody approves what they submitted, and an approver who was removed counts no more', async () => {
    const officers = ['one', 'two'].map(async (who) => createSignedInOfficer(at.world, 'approver', `Approver ${who}`));
    const [one, two] = await Promise.all(officers);
    const law = { type: 'public_task', law_ref: { ar: 'نظام التراخيص، المادة 4', en: 'Licensing Law, article 4' } };
    const waiting = await desk.apply({ purposes: [createPurposeFile({ legal_basis: law })] });
    expect(waiting.out).toContain('waiting for two approvers');
    const [, id = ''] = /submission (\S+)/.exec(waiting.out) ?? [];
    const approve = async (officer: typeof one): Promise<string | undefined> => {
      const page = await officer?.traveller.agent.get(`${at.issuer}/office/submissions/${id}`);
      return officer === undefined || page === undefined
        ? undefined
        : (await decideShown(officer.traveller, getForm(page, /\/office\/submissions\/[^/]+$/), { decision: 'approve' })).url;
    };
    expect(await approve(one)).toContain('decided=first');
    const changed = `UPDATE officers SET status = 'suspended' WHERE id = '${one?.id ?? ''}'`;
    at.database.run(changed);
    expect(await approve(two)).toContain('decided=first');
    const basis = (await at.world.storage.agencies.findService('kap-licence'))?.purposes[0]?.legalBasis.type;
    expect(basis).toBe('consent');
  });
});
