// A resource server and a program that calls it, as their makers write them: registered by one file, each with a key of its own, speaking by hand.

import { parseAgenciesFile } from '../../src/cli/files/agencies-file.ts';
import { applyAgencies } from '../../src/domain/agencies/apply-agencies.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { assertionType, createProgramAssertion, createProgramFile, createProgramKey } from './audit-program.ts';
import type { AuditProgram } from './audit-program.ts';
import { toObject } from './raw-request.ts';
import { createAgencyFile, createPurposeFile, createServiceFile, toFileText } from './sample-proposal.ts';
import type { World } from './world.ts';

type Members = Readonly<Record<string, unknown>>;
export type Answer = { readonly status: number; readonly body: Members };

export const resource = 'https://api.mol.example/';

export const resourceServer = {
  resource,
  scopes: [
    { name: 'permits:read', text: { ar: 'الاطلاع على تصاريحك', en: 'Look at your permits' } },
    { name: 'permits:renew', text: { ar: 'تجديد تصاريحك', en: 'Renew your permits' } },
  ],
};

/** The members of a program that are not those of an audit program. */
export function createServerFile(server: AuditProgram, members: Members = {}): Members {
  return createProgramFile(server, {
    name: { ar: 'واجهة التصاريح', en: 'Permit interface' },
    grant_types: [],
    scope: undefined,
    resource_server: resourceServer,
    ...members,
  });
}

export function createCallerFile(caller: AuditProgram, members: Members = {}): Members {
  return createProgramFile(caller, {
    name: { ar: 'مزامنة ليلية', en: 'Nightly match' },
    scope: undefined,
    resource_access: [{ server: 'mol-api', scopes: ['permits:read'] }],
    ...members,
  });
}

/** Registers what a file says by the product's own use case, as long as there is nobody who approves. */
export async function applyFile(world: World, ...agencies: readonly Members[]): Promise<void> {
  const parsed = parseAgenciesFile(toFileText(...agencies));
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.findings));
  }
  const needs = {
    agencies: world.storage.agencies,
    clock: world.clock,
    random: systemRandom,
    hasApprover: async () => false,
    rules: { isLoopback: true },
  };
  const result = await applyAgencies(needs, parsed.proposal);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.findings));
  }
}

export type Machine = {
  readonly program: AuditProgram;
  readonly post: (path: string, fields: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly introspect: (token: unknown) => Promise<Answer>;
  readonly obtain: (fields: Readonly<Record<string, string>>) => Promise<Answer>;
};

export type Machines = {
  readonly server: Machine;
  readonly other: Machine;
  readonly caller: Machine;
  /** A service that people use, and that looks at their permits at the first resource server. */
  readonly service: Machine;
};

export const driveRedirect = 'https://drive.mot.example/callback';

/** As it stands in a file, for a purpose that lists these scopes. */
export function createDriveFile(program: AuditProgram, scopes: readonly string[]): Members {
  return createServiceFile({
    ...createProgramFile(program),
    name: { ar: 'رخص القيادة', en: 'Driving licences' },
    scope: undefined,
    redirect_uris: [driveRedirect],
    sector: 'mot',
    grant_types: ['authorization_code', 'refresh_token'],
    purposes: [createPurposeFile({ id: 'licence', resources: [{ server: 'mol-api', scopes }] })],
  });
}

const interior = {
  id: 'moi',
  registration_number: '7000000005',
  name: { ar: 'وزارة الداخلية', en: 'Ministry of the Interior' },
  contacts: {},
};
export const transport = {
  id: 'mot',
  registration_number: '7000000006',
  name: { ar: 'وزارة النقل', en: 'Ministry of Transport' },
  contacts: {},
};

/** Two resource servers of one agency and a program of another that may read at the first. */
export async function registerMachines(world: World): Promise<Machines> {
  const [server, other, caller] = [createProgramKey('mol-api'), createProgramKey('moi-roads'), createProgramKey('mot-match')];
  const service = createProgramKey('mot-drive');
  const roads = {
    resource: 'https://roads.moi.example/',
    scopes: [{ name: 'roads:read', text: { ar: 'الاطلاع على الطرق', en: 'Look at roads' } }],
  };
  await applyFile(
    world,
    createAgencyFile([createServerFile(server), createServerFile(other, { resource_server: roads })], interior),
    createAgencyFile([createCallerFile(caller), createDriveFile(service, ['permits:read'])], transport),
  );
  const start = (program: AuditProgram): Machine => createMachine(world.issuer, program);
  return { server: start(server), other: start(other), caller: start(caller), service: start(service) };
}

/** Forms to the endpoints, signed by this program. */
function createMachine(issuer: string, program: AuditProgram): Machine {
  const post: Machine['post'] = async (path, fields) => {
    const proof = { client_assertion_type: assertionType, client_assertion: createProgramAssertion(issuer, program) };
    const response = await fetch(`${issuer}${path}`, { method: 'POST', body: new URLSearchParams({ ...proof, ...fields }) });
    return { status: response.status, body: toObject(await response.text()) };
  };
  return {
    program,
    post,
    introspect: (token) => post('/token/introspection', { token: String(token) }),
    obtain: (fields) => post('/token', { grant_type: 'client_credentials', ...fields }),
  };
}
