// Entries in the terms of the W3C Data Privacy Vocabulary 2 (https://w3id.org/dpv), as one JSON-LD 1.1 document that brings its own context, so that nothing has to
// be fetched to read it. Only what an entry says for sure has a term: a notice is no consent, so what may follow from either has no status of one.

import type { ListedEntry } from '../../domain/audit/look.ts';
import type { Json } from '../../domain/kernel/canonical.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';

const context = {
  dpv: 'https://w3id.org/dpv#',
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  entry: '@id',
  kind: '@type',
  event: { '@id': 'dct:type', '@type': '@id' },
  at: { '@id': 'dct:date', '@type': 'xsd:dateTime' },
  controller: { '@id': 'dpv:hasDataController', '@type': '@id' },
  recipient: { '@id': 'dpv:hasRecipient', '@type': '@id' },
  purpose: { '@id': 'dpv:hasPurpose', '@type': '@id' },
  data: { '@id': 'dpv:hasPersonalData', '@type': '@id', '@container': '@set' },
  processing: { '@id': 'dpv:hasProcessing', '@type': '@id' },
  status: { '@id': 'dpv:hasConsentStatus', '@type': '@id' },
} as const;

/** What only a consent can be. */
const statuses: ReadonlyMap<string, string> = new Map([
  ['consent.given', 'dpv:ConsentGiven'],
  ['consent.renewed', 'dpv:RenewedConsentGiven'],
  ['consent.refused', 'dpv:ConsentRefused'],
  ['consent.withdrawn', 'dpv:ConsentWithdrawn'],
]);

const isOfData = ({ attributes, service, type }: ListedEntry): boolean =>
  service !== null && attributes.length > 0 && (type.startsWith('consent.') || type === 'data.released');

const toUrn = (kind: string, ...names: readonly string[]): string => ['urn:huwiya', kind, ...names.map(encodeURIComponent)].join(':');

function toHandling({ attributes, purpose, service, type }: ListedEntry): { readonly [name: string]: Json } {
  const owner = toUrn('service', service ?? '');
  const status = statuses.get(type);
  return {
    kind: 'dpv:PersonalDataProcess',
    controller: owner,
    ...(purpose === null ? {} : { purpose: toUrn('purpose', service ?? '', purpose) }),
    data: attributes.map((name) => toUrn('attribute', name)),
    ...(type === 'data.released' ? { recipient: owner, processing: 'dpv:DiscloseByTransmission' } : {}),
    ...(status === undefined ? {} : { status }),
  };
}

function toNode(issuer: string, entry: ListedEntry): Json {
  const { at, index, type } = entry;
  const said = { entry: `${issuer}/audit/entries/${index}`, event: toUrn('event', type), at: toTimestamp(at) };
  return isOfData(entry) ? { ...said, ...toHandling(entry) } : said;
}

export type DpvForm = { readonly head: string; readonly toLines: (entries: readonly ListedEntry[]) => string; readonly tail: string };

/** The first node names the log; each entry is a line behind it. */
export function createDpvForm(issuer: string): DpvForm {
  const log = { '@id': `${issuer}/ledger/checkpoint`, 'dct:title': 'Huwiya' };
  return {
    head: `{"@context":${JSON.stringify(context)},"@graph":[${JSON.stringify(log)}`,
    toLines: (entries) => entries.map((entry) => `,\n${JSON.stringify(toNode(issuer, entry))}`).join(''),
    tail: '\n]}\n',
  };
}
