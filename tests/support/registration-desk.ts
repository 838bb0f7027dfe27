// An agency at the registration of a running world: its file goes through the commands that an operator uses.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import { runAgenciesCheck } from '../../src/cli/agencies-check.ts';
import { createCapturedContext } from './captured-context.ts';
import type { CapturedContext } from './captured-context.ts';
import { findErrorCode } from './case-world.ts';
import type { CaseWorld } from './case-world.ts';
import { createAgencyFile, createPublicJwk, createServiceFile, toFileText } from './sample-proposal.ts';
import { createUserAgent } from './user-agent.ts';

export type Members = Readonly<Record<string, unknown>>;
export type Said = { readonly code: number; readonly out: string; readonly err: string };

export type RegistrationDesk = {
  readonly captured: CapturedContext;
  readonly apply: (service: Members, agency?: Members) => Promise<Said>;
  /** The places that `check` and `apply` refuse, each with field, reason and fix. Fails where the two differ, or where anything changes. */
  readonly findRefused: (service: Members, agency?: Members) => Promise<readonly string[]>;
  /** The error page that a request of this service meets; undefined where there is none. */
  readonly ask: (clientId: string, redirectUri: string) => Promise<string | undefined>;
};

const name = { ar: 'هيئة التراخيص', en: 'Licensing Authority' };
const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

export function createRegistrationDesk(at: CaseWorld): RegistrationDesk {
  const captured = createCapturedContext(at.world.storage);
  const jwks = { keys: [createPublicJwk()] };
  const own = { client_id: 'kap-licence', sector: 'kap', redirect_uris: ['https://licence.kap.example/callback'], jwks };
  const run = async (verb: typeof runAgenciesApply, service: Members, agency: Members = {}): Promise<Said> => {
    const file = join(at.world.folder, 'registration.json');
    const authority = { id: 'kap', registration_number: '7000000077', name, ...agency };
    writeFileSync(file, toFileText(createAgencyFile([createServiceFile({ ...own, ...service })], authority)));
    const code = await verb(captured.context, { file, json: false });
    return { code, out: captured.takeOut(), err: captured.takeErr() };
  };
  const refuse = async (verb: typeof runAgenciesApply, service: Members, agency: Members): Promise<readonly string[]> => {
    const { code, err } = await at.changesNothing(async () => run(verb, service, agency));
    const places = Array.from(err.matchAll(/^refusal: (\S+): [^;]+; .+$/gm), ([, path = '']) => path);
    return code === 1 ? places : [];
  };
  return {
    captured,
    apply: async (service, agency) => run(runAgenciesApply, service, agency),
    findRefused: async (service, agency = {}) => {
      const [checked, applied] = [await refuse(runAgenciesCheck, service, agency), await refuse(runAgenciesApply, service, agency)];
      if (checked.join() !== applied.join()) {
        throw new Error(`check refuses ${checked.join()} and apply ${applied.join()}`);
      }
      return applied;
    },
    ask: async (clientId, redirectUri) => {
      const asked = {
        response_type: 'code',
        scope: 'openid',
        state: 's',
        nonce: 'n',
        client_id: clientId,
        redirect_uri: redirectUri,
        ...pkce,
      };
      return findErrorCode(await createUserAgent(at.issuer).get(`${at.issuer}/auth?${new URLSearchParams(asked).toString()}`));
    },
  };
}
