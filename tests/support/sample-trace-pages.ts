// The developers' desk with invented requests.

import type { TraceFact } from '../../src/domain/traces/trace.ts';
import { traceRules } from '../../src/domain/traces/rules.ts';
import { renderTracePage } from '../../views/trace.ts';
import { renderTracesPage } from '../../views/traces.ts';
import type { TraceRow, TracesPage } from '../../views/trace-model.ts';
import type { StaffFrame } from '../../views/staff-layout.ts';
import type { SamplePage, World } from './sample-world.ts';
import { now } from './sample-words.ts';

const references = ['4T7K-M2Q9', '8WXN-3RTB', 'K5PD-77GA', 'ZC2M-9HVE', 'B6QJ-4YKS', 'H9RF-2NWX', 'T3VA-8MCP', 'X7LE-5DZQ'] as const;

type Outline = Pick<TraceRow, 'endpoint' | 'step' | 'rule' | 'status' | 'error'>;

const refused: readonly Outline[] = [
  { endpoint: 'authorization', step: 'refused', rule: 'redirect-uri/unregistered', status: 400, error: 'invalid_redirect_uri' },
  { endpoint: 'token', step: 'refused', rule: 'pkce/mismatch', status: 400, error: 'invalid_grant' },
  { endpoint: 'token', step: 'refused', rule: 'client/secret-wrong', status: 401, error: 'invalid_client' },
  { endpoint: 'pushed-request', step: 'refused', rule: 'assertion/time', status: 401, error: 'invalid_client' },
  { endpoint: 'authorization', step: 'refused', rule: 'person/refused', status: 303, error: 'access_denied' },
  { endpoint: 'userinfo', step: 'refused', rule: 'token/expired', status: 401, error: 'invalid_token' },
];

const steps: readonly Outline[] = [
  { endpoint: 'authorization', step: 'asked', rule: null, status: 303, error: null },
  { endpoint: 'page', step: 'signed-in', rule: null, status: 200, error: null },
  { endpoint: 'page', step: 'decided', rule: null, status: 303, error: null },
  { endpoint: 'authorization', step: 'code', rule: null, status: 303, error: null },
  { endpoint: 'token', step: 'refused', rule: 'pkce/mismatch', status: 400, error: 'invalid_grant' },
];

const asked: readonly TraceFact[] = [
  { name: 'grant_type', value: 'authorization_code', note: null },
  { name: 'code', value: null, note: 'given' },
  { name: 'redirect_uri', value: 'https://permits.mol.example/callback', note: null },
  { name: 'code_verifier', value: null, note: 'given' },
  { name: 'authentication', value: 'private_key_jwt', note: null },
  { name: 'client_assertion.alg', value: 'ES256', note: null },
  { name: 'client_assertion.kid', value: 'mol-1', note: null },
  { name: 'client_assertion.aud', value: 'https://huwiya.example', note: null },
  { name: 'client_assertion.exp', value: '+60 s', note: null },
];

function toRows({ words }: World, outlines: readonly Outline[], pace: number): readonly TraceRow[] {
  return outlines.map((outline, at) => {
    const reference = references[at] ?? '';
    const service = { name: words.labour.serviceName, code: 'mol-work-permit' };
    return { ...outline, reference, url: `/office/requests/${reference}`, at: now + at * pace, service };
  });
}

export function renderTracePages(world: World, frame: StaffFrame): readonly SamplePage[] {
  const rows = toRows(world, refused, -734_000);
  const visit = toRows(world, steps, 9300);
  const services = [
    { value: 'mol-work-permit', label: world.words.labour.serviceName },
    { value: 'hf-support', label: world.words.housing.serviceName },
  ];
  const found = { rows, olderUrl: '/office?after=1', isLater: true, passedOver: { count: 12, since: now - 86_400_000 } };
  const page: TracesPage = { url: '/office', typed: new Map(), services, rules: traceRules, found };
  const none = {
    ...page,
    typed: new Map([['kind', 'all'] as const]),
    found: { ...found, rows: [], olderUrl: null, isLater: false, passedOver: { count: 0, since: now } },
  };
  const [first] = rows;
  const failed = visit.at(-1);
  const began = visit.at(0);
  if (first === undefined || failed === undefined || began === undefined) {
    throw new Error('there are no sample requests');
  }
  const address: TraceFact = { name: 'redirect_uri', value: null, note: 'differs-slash' };
  const dropped: readonly TraceFact[] = [{ name: 'claims', value: 'national_id', note: 'beyond' }];
  const one = { listUrl: '/office', detail: null, asked: [], visit };
  return [
    { name: 'desk-developer', document: renderTracesPage(frame, page) },
    { name: 'requests-none', document: renderTracesPage(frame, none) },
    { name: 'requests-no-agency', document: renderTracesPage(frame, { ...page, found: null }) },
    { name: 'request-refused', document: renderTracePage(frame, { ...one, row: failed, detail: 'grant request is invalid', asked }) },
    {
      name: 'request-address',
      document: renderTracePage(frame, { ...one, row: first, asked: [address, ...asked.slice(1, 2)], visit: [] }),
    },
    { name: 'request-step', document: renderTracePage(frame, { ...one, row: began, asked: dropped }) },
  ];
}
