// docs/reference/{errors,attributes,events}.md, each from its catalogue.

import type { Attribute, Refresh } from '../../src/domain/attributes/attribute.ts';
import { getCorrection } from '../../src/domain/attributes/sources.ts';
import { leftOut, signInFacts } from '../../src/domain/attributes/sign-in-facts.ts';
import { basisTypes } from '../../src/domain/agencies/agency.ts';
import { attributeCatalogue } from '../../src/domain/attributes/catalogue.ts';
import { errorCatalogue } from '../../src/domain/kernel/errors.ts';
import { eventCatalogue } from '../../src/domain/ledger/event.ts';
import { metricCatalogue } from '../../src/telemetry/metric-catalogue.ts';
import { printedBy, toTable } from './table.ts';

export function printErrors(): string {
  const rows = Object.entries(errorCatalogue).map(([code, row]) => [
    `\`${code}\``,
    String(row.status),
    `\`${row.oauth}\``,
    row.level,
    row.advice,
  ]);
  const introduction =
    'Codes are public and stable: they stand on the error page (`data-error`), in the log and here. An error page shows a short reference; the log has the cause under the same reference.';
  return toPage('Errors', introduction, toTable(['Code', 'HTTP', 'OAuth error', 'Log level', 'What to do'], rows));
}

export function printEvents(): string {
  const rows = Object.entries(eventCatalogue).map(([type, when]) => [`\`${type}\``, when]);
  const introduction =
    'Every entry of the ledger has one of these types. An entry is written in the same transaction as what it proves; it never holds values of attributes, tokens or secrets.';
  return toPage('Events', introduction, toTable(['Type', 'Written when'], rows));
}

export function printMetrics(): string {
  const rows = Object.entries(metricCatalogue).map(([name, { kind, labels, help }]) => [
    `\`${name}\``,
    kind,
    labels.length === 0 ? '–' : labels.map((label) => `\`${label}\``).join(' '),
    help,
  ]);
  const introduction =
    'What a node answers at `/metrics` of `HUWIYA_METRICS_LISTEN`, in the text form of Prometheus. Labels take their values from lists in the code, never from what was sent. No number is about a person.';
  return toPage('Numbers', introduction, toTable(['Name', 'Kind', 'Labels', 'What it says'], rows));
}

export function printAttributes(): string {
  const rows = attributeCatalogue.map((one) => [
    `\`${one.name}\``,
    one.labels.en,
    one.labels.ar,
    one.claims.map((claim) => `\`${claim}\``).join(' '),
    one.scope === null ? '–' : `\`${one.scope}\``,
    one.sensitivity,
    one.forms.join(', '),
    one.bases.length === basisTypes.length ? 'any' : one.bases.join(', '),
    toFormatText(one),
    one.source.id === 'self' ? 'the person' : `${one.source.labels.en} (${getCorrection(one.source).owner.en})`,
    refreshes[one.refresh],
    one.retention,
    one.alternatives.length === 0 ? '–' : one.alternatives.map((name) => `\`${name}\``).join(' '),
    `\`${JSON.stringify(one.example)}\``,
  ]);
  const introduction =
    'What can be shared about a person, under which claim names of UserInfo, and which attribute says less and may do as well. A purpose lists the attributes it needs by these names. A format with `value` is compared: the request brings the value (`claims`, OIDC Core 1.0 §5.5.1) and gets yes or no. None is deprecated.';
  const head = [
    'Attribute',
    'English',
    'Arabic',
    'Claims',
    'Scope',
    'Sensitivity',
    'Form',
    'Bases',
    'Format',
    'Source (owner)',
    'New',
    'Kept',
    'Says less',
    'Example',
  ];
  return toPage('Attributes', introduction, `${toTable(head, rows)}\n\n${toClosing()}`);
}

function toClosing(): string {
  const facts = signInFacts.map(({ claim, labels, explanation }) => [`\`${claim}\``, labels.en, labels.ar, explanation.en]);
  const missing = Object.entries(leftOut).map(([name, reason]) => [`\`${name}\``, reason]);
  return `## Explanations

As people read them, in both languages.

${toTable(
  ['Attribute', 'English', 'Arabic'],
  attributeCatalogue.map(({ name, explanation }) => [`\`${name}\``, explanation.en, explanation.ar]),
)}

## What a service learns about the sign-in itself

In the ID token, without being asked for.

${toTable(['Claim', 'English', 'Arabic', 'Meaning'], facts)}

## Not offered

${toTable(['Name', 'Why'], missing)}`;
}

const refreshes: Readonly<Record<Refresh, string>> = {
  register: 'with its register',
  person: 'when the person changes it',
  release: 'at each release',
};

function toFormatText({ format, choices, isCompared }: Attribute): string {
  if (format === 'choice') {
    return Object.keys(choices).join(', ');
  }
  return isCompared ? `${format}, with \`value\`` : format;
}

function toPage(title: string, introduction: string, table: string): string {
  return `# ${title}\n\n${printedBy}\n\n${introduction}\n\n${table}\n`;
}
