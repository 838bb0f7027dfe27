// The zones of the tree and what each may import: the one list that the architecture test enforces and docs/architecture.md prints.

export type Zone = {
  /** A folder with a trailing slash, or one file. The longest match wins. */
  readonly at: string;
  readonly owns: string;
  /** Zones or folders of zones whose files this zone may import. */
  readonly imports: readonly string[];
  /** Of these it may import types only. */
  readonly types?: readonly string[];
  /** Third-party packages it may import. */
  readonly packages: readonly string[];
  /** Built-in modules it may import; absent: all. */
  readonly builtins?: readonly string[];
};

const everySource = ['src/', 'views/'];
const kernel = 'src/domain/kernel/';
const pure = ['node:crypto', 'node:buffer', 'node:util', 'node:timers/promises'];

export const zones: readonly Zone[] = [
  { at: 'src/main.ts', owns: 'the process: load config, open storage, listen, stop cleanly', imports: everySource, packages: [] },
  { at: 'src/app.ts', owns: 'the composition root: the only file that knows every part', imports: everySource, packages: [] },
  { at: 'src/upkeep.ts', owns: 'what a node does each minute beside its requests', imports: everySource, packages: [] },
  { at: 'src/witnessing.ts', owns: 'how a node has its log witnessed', imports: everySource, packages: [] },
  { at: 'src/node-state.ts', owns: 'what a node says at its start, if it is ready, and what ends it', imports: everySource, packages: [] },
  { at: 'src/node-keys.ts', owns: 'the keys of tokens as one node holds them', imports: everySource, packages: [] },
  { at: 'src/spans.ts', owns: 'what of a node is followed in spans, beside its requests', imports: everySource, packages: [] },
  { at: 'src/metrics.ts', owns: 'what a node says of itself in numbers', imports: everySource, packages: [] },
  { at: 'src/nightly.ts', owns: 'how a node verifies its whole log each night', imports: everySource, packages: ['zod'] },
  { at: 'src/nightly-thread.ts', owns: 'the thread that does it', imports: everySource, packages: ['zod'] },
  { at: 'src/config/', owns: 'environment → one frozen, typed Config, or refuse to start', imports: [], packages: ['zod'] },
  { at: kernel, owns: 'errors, clock, ids, canonical form, seals: a closed list', imports: [], packages: ['canonicalize'], builtins: pure },
  { at: 'src/domain/attributes/', owns: 'the catalogue: what can be shared', imports: [kernel], packages: [], builtins: pure },
  {
    at: 'src/domain/people/',
    owns: 'who a person is; subject identifiers per sector',
    imports: [kernel, 'src/domain/ledger/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/agencies/',
    owns: 'agencies, services, purposes: what they may ask for',
    imports: [kernel, 'src/domain/attributes/', 'src/domain/people/', 'src/domain/ledger/'],
    packages: [],
    // `isIP` tells an address from a host name; nothing here may connect.
    builtins: [...pure, 'node:net'],
  },
  {
    at: 'src/domain/metadata/',
    owns: 'what makers and national schemes say about models of authenticators: signed, numbered, offline',
    imports: [kernel, 'src/domain/ledger/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/passkeys/',
    owns: 'registration and authentication ceremonies; levels',
    imports: [kernel, 'src/domain/people/', 'src/domain/ledger/', 'src/domain/metadata/'],
    packages: ['@simplewebauthn/server'],
    builtins: pure,
  },
  {
    at: 'src/domain/proofing/',
    owns: 'how it was checked who a person is: evidence at the counter, statements of registered providers',
    imports: [kernel, 'src/domain/attributes/', 'src/domain/people/', 'src/domain/ledger/', 'src/domain/passkeys/'],
    packages: ['jose', 'zod'],
    builtins: pure,
  },
  {
    at: 'src/domain/verified/',
    owns: 'what services are told of how an identity was checked: what they ask, and what they get',
    imports: [kernel, 'src/domain/attributes/', 'src/domain/agencies/', 'src/domain/proofing/'],
    packages: ['zod'],
    builtins: pure,
  },
  { at: 'src/domain/ledger/', owns: 'entries, Merkle tree, checkpoints, proofs', imports: [kernel], packages: [], builtins: pure },
  { at: 'src/domain/witnesses/', owns: 'cosignatures, policy', imports: [kernel, 'src/domain/ledger/'], packages: [], builtins: pure },
  {
    at: 'src/witness/',
    owns: 'an independent witness: its own process and state',
    imports: [kernel, 'src/domain/ledger/', 'src/domain/witnesses/'],
    packages: ['better-sqlite3'],
  },
  {
    at: 'src/domain/staff/',
    owns: 'auditors, operators, registrars, approvers, developers; their roles, passkeys and sessions',
    imports: [kernel, 'src/domain/ledger/', 'src/domain/passkeys/', 'src/domain/metadata/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/traces/',
    owns: 'what developers of services see of their own requests, for some days; never evidence, never a person',
    imports: [kernel, 'src/domain/ledger/', 'src/domain/agencies/', 'src/domain/staff/'],
    packages: [],
    builtins: pure,
  },
  { at: 'src/domain/keys/', owns: 'key states and rotation', imports: [kernel, 'src/domain/ledger/'], packages: [], builtins: pure },
  {
    at: 'src/domain/outbox/',
    owns: 'what waits to leave, and the worker that sends it',
    imports: [kernel, 'src/domain/ledger/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/duties/',
    owns: 'what services owe people after something was taken back, and their answers',
    imports: [kernel, 'src/domain/agencies/', 'src/domain/ledger/', 'src/domain/outbox/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/logout/',
    owns: 'which services were entered in a session, and what they are told of its end',
    imports: [kernel, 'src/domain/agencies/', 'src/domain/outbox/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/protection/',
    owns: 'notices of what concerns a person’s access, “this wasn’t me”, freezing every way in and opening it again',
    imports: [
      kernel,
      'src/domain/people/',
      'src/domain/passkeys/',
      'src/domain/ledger/',
      'src/domain/proofing/',
      'src/domain/recovery/',
      'src/domain/outbox/',
    ],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/declared/',
    owns: 'what a person declares about themselves: email, phone, preferred name; the codes that prove them',
    imports: [kernel, 'src/domain/people/', 'src/domain/ledger/', 'src/domain/outbox/'],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/limits/',
    owns: 'how often something may fail before whoever does it has to wait',
    imports: [kernel],
    packages: [],
    // `isIPv4` and `isIPv6` tell addresses apart; nothing here may connect.
    builtins: [...pure, 'node:net'],
  },
  {
    at: 'src/domain/recovery/',
    owns: 'coming back after the passkeys are lost: by waiting, or at a counter with two officers',
    imports: [
      kernel,
      'src/domain/people/',
      'src/domain/passkeys/',
      'src/domain/ledger/',
      'src/domain/outbox/',
      'src/domain/declared/',
      'src/domain/proofing/',
      'src/domain/staff/',
    ],
    packages: [],
    builtins: pure,
  },
  {
    at: 'src/domain/consent/',
    owns: 'what a person lets a service see; receipts',
    imports: [
      kernel,
      'src/domain/attributes/',
      'src/domain/people/',
      'src/domain/agencies/',
      'src/domain/verified/',
      'src/domain/ledger/',
      'src/domain/duties/',
      'src/domain/outbox/',
    ],
    packages: ['jose'],
    builtins: pure,
  },
  {
    at: 'src/domain/home/',
    owns: 'a person’s own page as a whole: reading it, reporting from it, taking everything, closing the account',
    imports: [
      kernel,
      'src/domain/attributes/',
      'src/domain/people/',
      'src/domain/agencies/',
      'src/domain/passkeys/',
      'src/domain/ledger/',
      'src/domain/consent/',
      'src/domain/duties/',
    ],
    packages: ['jose'],
    builtins: pure,
  },
  {
    at: 'src/domain/audit/',
    owns: 'cases, case pseudonyms, queries, exports',
    imports: [
      kernel,
      'src/domain/attributes/',
      'src/domain/agencies/',
      'src/domain/staff/',
      'src/domain/ledger/',
      'src/domain/duties/',
      'src/domain/outbox/',
      'src/domain/consent/',
    ],
    packages: [],
    // A checksum is part of the form of a ZIP file.
    builtins: [...pure, 'node:zlib'],
  },
  {
    at: 'src/domain/audit/figures/',
    owns: 'public figures of each month: counting, protecting, signing, publishing',
    imports: [kernel, 'src/domain/agencies/', 'src/domain/ledger/', 'src/domain/consent/'],
    packages: ['jose', 'zod'],
    builtins: pure,
  },
  {
    at: 'src/oidc/',
    owns: 'everything that knows oidc-provider',
    imports: ['src/config/', 'src/domain/'],
    packages: ['oidc-provider', 'koa', 'jose', 'zod'],
  },
  {
    at: 'src/storage/',
    owns: 'the two engines, schemas, repositories, migration runner',
    imports: ['src/config/', 'src/domain/'],
    types: ['src/oidc/store.ts'],
    packages: ['drizzle-orm', 'better-sqlite3', 'pg'],
  },
  {
    at: 'src/web/',
    owns: 'pages and routes; dispatch, headers, CSRF',
    imports: ['src/config/', 'src/domain/', 'src/oidc/', 'src/telemetry/', 'views/'],
    packages: ['koa', '@koa/router', 'zod', 'csv-stringify'],
  },
  {
    at: 'src/outbound/',
    owns: 'every call that leaves: guarded fetch, and the senders of the outbox',
    imports: ['src/config/', 'src/domain/'],
    packages: ['nodemailer', 'jose'],
  },
  { at: 'src/telemetry/', owns: 'logs, metrics and spans', imports: ['src/config/', kernel], packages: ['pino', '@opentelemetry/api'] },
  {
    at: 'src/cli/',
    owns: 'the huwiya command',
    imports: everySource,
    packages: ['commander', 'csv-stringify', 'jose', 'zod'],
  },
  {
    at: 'src/monitor/',
    owns: 'follows a log from outside, over nothing but what it publishes: rewrites, forks, stalls, missing witnesses',
    imports: [kernel, 'src/domain/ledger/', 'src/domain/witnesses/'],
    packages: ['zod'],
    builtins: pure,
  },
  { at: 'src/verifier/', owns: 'the offline verifier; shares no code with the server', imports: [], packages: ['jose'] },
  {
    at: 'views/',
    owns: 'typed templates, one per page; messages; assets',
    imports: [],
    types: ['src/domain/'],
    packages: ['hono', 'messageformat', 'qr'],
  },
  { at: 'examples/', owns: 'demo agencies (real relying parties) and demo data', imports: [], packages: ['openid-client', 'koa', 'jose'] },
  { at: 'bin/', owns: 'the command under any Node', imports: [], packages: [] },
  { at: 'docs/print/', owns: 'prints the reference from the code', imports: ['src/', 'tests/architecture/'], packages: [] },
  { at: 'tests/', owns: 'the tests', imports: ['src/', 'views/', 'bench/', 'docs/print/', 'examples/'], packages: ['*'] },
  { at: 'bench/', owns: 'repeatable measurements', imports: ['src/', 'views/', 'tests/'], packages: ['*'] },
  { at: 'vitest.config.ts', owns: 'how the tests run', imports: [], packages: ['vitest'] },
];

/** Only the commands and the two root files compose; nobody else may reach for these. */
export const rootFiles: readonly string[] = ['src/main.ts', 'src/app.ts'];

export function findZone(path: string): Zone | undefined {
  return zones
    .filter(({ at }) => path === at || (at.endsWith('/') && path.startsWith(at)))
    .toSorted((a, b) => b.at.length - a.at.length)[0];
}

/** The matrix as a table for people. */
export function toMatrixTable(): string {
  const short = (at: string): string => `\`${at}\``;
  const rows = zones.map(({ at, owns, imports, types = [], packages }) => {
    const reachable = [...imports.map(short), ...types.map((type) => `${short(type)} (types)`)].join(', ');
    return `| ${short(at)} | ${owns} | ${reachable || '–'} | ${packages.map((name) => (name === '*' ? 'any' : short(name))).join(', ') || '–'} |`;
  });
  return ['| Zone | Owns | May import | Third-party packages |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
