// The short way of a remembered sign-in (ADR-0112) answers nothing that the engine would not have answered in the same way, and leaves nothing else behind.

import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientMetadata } from '../../src/domain/agencies/agency.ts';
import { setPersonStatus, setServiceStatus, whileRegistered } from '../support/change-standing.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { createAssertion } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { createRemembered, signInAs } from '../support/two-ways.ts';
import type { Answer, Scenario, Signing, Way } from '../support/two-ways.ts';
import { getForm, openAccountPage, signOut, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const set = (name: string, value: string) => (parameters: URLSearchParams) => parameters.set(name, value);
const drop = (name: string) => (parameters: URLSearchParams) => parameters.delete(name);
const again = (name: string, value: string) => (parameters: URLSearchParams) => parameters.append(name, value);
const basic = (user: string, secret: string) => (headers: Headers) => headers.set('authorization', `Basic ${btoa(`${user}:${secret}`)}`);

const ordinary: Readonly<Record<string, Scenario>> = {
  'as it is': {},
  'without a state': { ask: drop('state') },
  'with a state of every kind of character': { ask: set('state', 'سلام +%20&="\'<>\\ é') },
  'without a nonce': { ask: drop('nonce') },
  'without PKCE, as its class may': {
    ask: (parameters) => ['code_challenge', 'code_challenge_method'].forEach((name) => parameters.delete(name)),
    exchange: drop('code_verifier'),
  },
  'for standard scopes': { ask: set('scope', 'profile openid email') },
  'for a purpose by its name': { ask: set('purpose', 'booking') },
  'that allows no page': { ask: set('prompt', 'none') },
  'with a wish for the language of pages': { ask: set('ui_locales', 'en') },
  'with its secret in the form': {
    exchangedWith: (headers) => headers.delete('authorization'),
    exchange: (form) => {
      form.set('client_id', 'moh-clinic');
      form.set('client_secret', clinicSecret);
    },
  },
  'with its name beside the header': { exchange: set('client_id', 'moh-clinic') },
};

/** A cookie value that is right, and not what was signed. */
async function takeAnother({ world, traveller }: Signing): Promise<void> {
  const other = await createRemembered(world);
  const value = other.traveller.agent.cookies.get('sid;/');
  if (value === undefined) {
    throw new Error('the browser has no session');
  }
  traveller.agent.cookies.set('sid;/', value);
}

const different: Readonly<Record<string, Scenario>> = {
  'with another address to come back to': { ask: set('redirect_uri', 'http://localhost:3002/other') },
  'with a parameter twice': { ask: again('state', 'another') },
  'with an empty parameter': { ask: set('nonce', '') },
  'with a challenge that is none': { ask: set('code_challenge', 'short') },
  'with a challenge of other characters': { ask: set('code_challenge', '='.repeat(43)) },
  'with a challenge and no method': { ask: drop('code_challenge_method') },
  'with a method of PKCE that is not taken': { ask: set('code_challenge_method', 'plain') },
  'for a scope of nobody': { ask: set('scope', 'openid unheard_of') },
  'for a scope of programs': { ask: set('scope', 'openid audit:read') },
  'without the scope of a sign-in': { ask: set('scope', 'profile') },
  'for a purpose of another service': { ask: set('purpose', 'permit-renewal') },
  'with a type of answer that is not given': { ask: set('response_type', 'token') },
  'with an answer by form': { ask: set('response_mode', 'form_post') },
  'for a sign-in at once': { ask: set('max_age', '0') },
  'for a page to confirm': { ask: set('prompt', 'select_account') },
  'for a level': { ask: set('acr_values', 'urn:huwiya:loa:high') },
  'for single claims': { ask: set('claims', JSON.stringify({ userinfo: { gender: null } })) },
  'for another language of details': { ask: set('claims_locales', 'en') },
  'for access while the person is away': { ask: set('scope', 'openid offline_access') },
  'with the session of another browser and its own signature': { before: takeAnother },
  'without the signature of its cookie': { before: async ({ traveller }) => traveller.agent.cookies.delete('sid.sig;/') },
  'with another secret': { exchangedWith: basic('moh-clinic', 'another-secret-of-32-characters') },
  'with another service': { exchangedWith: basic('mol-work-permit', clinicSecret) },
  'with a service of nobody': { exchangedWith: basic('nobody', clinicSecret) },
  'with two secrets': { exchange: set('client_secret', clinicSecret) },
  'with another name beside the header': { exchange: set('client_id', 'mol-work-permit') },
  'with another verifier': { exchange: set('code_verifier', 'v'.repeat(43)) },
  'without its verifier': { exchange: drop('code_verifier') },
  'with a verifier that nobody asked for': {
    ask: (parameters) => ['code_challenge', 'code_challenge_method'].forEach((name) => parameters.delete(name)),
  },
  'with another code': { exchange: set('code', 'c'.repeat(43)) },
  'with another address at the exchange': { exchange: set('redirect_uri', 'http://localhost:3002/other') },
  'with another grant': { exchange: set('grant_type', 'refresh_token') },
  'with a code for a resource': { exchange: set('resource', 'https://api.example') },
  'with its code twice': { exchanges: 2 },
  'with another token': { fetchedWith: (headers) => headers.set('authorization', `Bearer ${'t'.repeat(43)}`) },
  'without a token': { fetchedWith: (headers) => headers.delete('authorization') },
  'with a token under another scheme': { fetchedWith: (headers) => headers.set('authorization', `DPoP ${'t'.repeat(43)}`) },
};

function issuerIn(form: URLSearchParams): string {
  return String(decodeJwt(form.get('client_assertion') ?? '').aud);
}

function sign(claims: Readonly<Record<string, unknown>>) {
  return (form: URLSearchParams): void => form.set('client_assertion', createAssertion(issuerIn(form), claims));
}

const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;

/** Of a service that signs its assertions. */
const signed: Readonly<Record<string, Scenario>> = {
  'with its name beside the assertion': { exchange: set('client_id', 'mol-work-permit') },
  'with another name beside the assertion': { exchange: set('client_id', 'moh-clinic') },
  'without the type of its assertion': { exchange: drop('client_assertion_type') },
  'with an assertion of another type': {
    exchange: set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'),
  },
  'with an assertion and a secret': { exchange: set('client_secret', clinicSecret) },
  'with an assertion that is none': { exchange: set('client_assertion', 'a.b.c') },
  'with an assertion that was changed': {
    exchange: (form) => form.set('client_assertion', `${form.get('client_assertion')?.slice(0, -3) ?? ''}AAA`),
  },
  'with an assertion for somebody else': { exchange: sign({ aud: 'https://other.example' }) },
  'with an assertion for the token endpoint': { exchange: (form) => sign({ aud: `${issuerIn(form)}/token` })(form) },
  'with an assertion for several': { exchange: (form) => sign({ aud: [issuerIn(form)] })(form) },
  'with an assertion of another service': { exchange: sign({ iss: 'moh-clinic', sub: 'moh-clinic' }) },
  'with an assertion of two services': { exchange: sign({ iss: 'moh-clinic' }) },
  'with an assertion that has run out': { exchange: sign({ exp: 1 }) },
  'with an assertion that lives too long': { exchange: sign({ exp: inAnHour() }) },
  'with an assertion of tomorrow': { exchange: sign({ iat: inAnHour() }) },
  'with an assertion that has not begun': { exchange: sign({ nbf: inAnHour() }) },
  'with an assertion without a time': { exchange: sign({ iat: undefined }) },
  'with an assertion without a name': { exchange: sign({ jti: undefined }) },
  'with an assertion with a name that is too long': { exchange: sign({ jti: 'j'.repeat(129) }) },
  'with an assertion that says more': { exchange: sign({ more: true }) },
};

const pause = async ({ traveller }: Signing): Promise<unknown> => {
  await openAccountPage(traveller);
  const page = await traveller.agent.get(`${traveller.issuer}/account/services/moh-clinic`);
  const { action, fields } = getForm(page, /\/pause$/);
  return traveller.agent.post(action, fields);
};

/** What may happen to a person, a record or a session in the middle of a sign-in. */
const events: Readonly<Record<string, (signing: Signing) => Promise<unknown>>> = {
  'a withdrawal': ({ traveller }) => withdraw(traveller, 'clinic'),
  'a pause of the record': pause,
  'a suspension of the person': ({ world, person }) => setPersonStatus(world, person, 'suspended'),
  'a sign-out everywhere': ({ traveller }) => signOut(traveller, 'clinic', 'everywhere'),
  'a sign-out only here': ({ traveller }) => signOut(traveller, 'clinic', 'here'),
  'a suspension of the service and its end': async ({ world }) => {
    await setServiceStatus(world, 'clinic', 'suspended');
    await setServiceStatus(world, 'clinic', 'active');
  },
};

const asked = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'purpose',
  'prompt',
];
const exchanged = ['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id', 'client_secret'];

const drawn: ReadonlySet<string> = new Set(['code', 'access_token', 'id_token', 'sub']);

/** Without what is drawn. */
function toPlain({ body, headers, parameters, status, to }: Answer): unknown {
  const text = JSON.stringify({ body, headers, parameters }, (name, value: unknown) => (drawn.has(name) ? typeof value : value));
  return {
    status,
    to: to.startsWith('http://localhost:3002') ? to : new URL(to === '' ? 'about:blank' : to).pathname.replace(/[\w-]{43}/, 'drawn'),
    text,
  };
}

const moments = ['before', 'between', 'after'] as const;

const registrations: Readonly<Record<string, ClientMetadata>> = {
  'that lets no session rest': { session_idle: 60 },
  'that lets no sign-in grow old': { default_max_age: 60 },
  'that asks for no time of sign-in': { require_auth_time: false },
  'that has its ID tokens signed with RSA': { id_token_signed_response_alg: 'RS256' },
  'that has UserInfo signed': { userinfo_signed_response_alg: 'ES256' },
  'that pushes its requests': { require_pushed_authorization_requests: true },
  'that takes answers by form alone': { response_modes: ['form_post'] },
  'that is told of the end of sessions': {
    backchannel_logout_uri: 'https://clinic.example/out',
    backchannel_logout_session_required: true,
  },
};

describe('a remembered sign-in', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(async () => {
    await world.close();
  });

  const createBoth = async (): Promise<readonly [Signing, Signing]> => [await createRemembered(world), await createRemembered(world)];

  const compare = async (scenario: Scenario, known?: readonly [Signing, Signing]) => {
    const [one, other] = known ?? (await createBoth());
    const [short, long] = [await signInAs(one, 'short', scenario), await signInAs(other, 'long', scenario)];
    expect(short.came).toEqual(long.came);
    const areByEngine = (way: Way) => (way === 'short' ? short : long).answers.map(({ isByEngine }) => isByEngine);
    expect(areByEngine('long')).not.toContain(false);
    return areByEngine('short');
  };

  it.each(Object.entries(ordinary))('%s takes the short way, and comes to the same', async (_name, scenario) => {
    expect(await compare(scenario)).toEqual([false, false, false]);
  });

  it.each(Object.entries(different))('%s comes to what the engine says', async (_name, scenario) => {
    expect(await compare(scenario)).toContain(true);
  });

  it.each(Object.entries(signed))('of a service that signs, %s, comes to what the engine says', async (_name, scenario) => {
    const known = [await createRemembered(world, 'permit'), await createRemembered(world, 'permit')] as const;
    expect((await compare(scenario, known)).length).toBeGreaterThan(0);
  });

  it('of a service that signs takes the short way, and its assertion is good for one exchange', async () => {
    const known = [await createRemembered(world, 'permit'), await createRemembered(world, 'permit')] as const;
    expect(await compare({}, known)).toEqual([false, false, false]);
    const assertion = createAssertion(world.issuer);
    const again = { exchange: set('client_assertion', assertion) };
    const answers = [];
    for (const way of ['short', 'short', 'long'] as const) {
      const [, exchanged] = (await signInAs(known[0], way, again)).answers;
      answers.push([exchanged?.status, exchanged?.isByEngine]);
    }
    expect(answers).toEqual([
      [200, false],
      [401, true],
      [401, true],
    ]);
  });

  describe.each(moments)('with, %s,', (moment) => {
    it.each(Object.entries(events))('%s comes to what the engine says', async (_name, event) => {
      expect((await compare({ [moment]: event })).length).toBeGreaterThan(0);
    });
  });

  it('comes to the same, whatever is changed in its requests', async () => {
    const [one, other] = await createBoth();
    const change = fc.oneof(
      fc.constant(null),
      fc.string({ maxLength: 50 }),
      fc.constantFrom('openid', 'S256', 'code', 'none', 'booking', clinicSecret),
    );
    const changes = (names: readonly string[]) =>
      fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('set', 'append'), change), { maxLength: 2 });
    const toChange = (all: readonly (readonly [string, string, string | null])[]) => (fields: URLSearchParams) => {
      for (const [name, how, value] of all) {
        if (value === null) {
          fields.delete(name);
        } else {
          fields[how === 'set' ? 'set' : 'append'](name, value);
        }
      }
    };
    const property = fc.asyncProperty(changes(asked), changes(exchanged), async (ask, exchange) => {
      const scenario = { ask: toChange(ask), exchange: toChange(exchange) };
      const [short, long] = [await signInAs(one, 'short', scenario), await signInAs(other, 'long', scenario)];
      expect(short.answers.map(toPlain)).toEqual(long.answers.map(toPlain));
    });
    await fc.assert(property, { numRuns: 300 });
  }, 60_000);

  it.each(Object.entries(registrations))('at a service %s comes to what the engine says', async (_name, more) => {
    const time = shiftTime();
    try {
      const signings = await createBoth();
      time.advance(minutes(2));
      await whileRegistered(world, { place: 'clinic', more }, async () => compare({}, signings));
    } finally {
      time.restore();
    }
    expect.hasAssertions();
  });
});
