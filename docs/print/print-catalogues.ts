// docs/reference/{errors,attributes,events}.md, each from its catalogue.

import { attributeCatalogue } from '../../src/domain/attributes/catalogue.ts';
import { errorCatalogue } from '../../src/domain/kernel/errors.ts';
import { eventCatalogue } from '../../src/domain/ledger/event.ts';
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

export function printAttributes(): string {
  const rows = attributeCatalogue.map((one) => [
    `\`${one.name}\``,
    one.labels.en,
    one.labels.ar,
    one.claims.map((claim) => `\`${claim}\``).join(' '),
    one.scope === null ? '–' : `\`${one.scope}\``,
    one.sensitivity,
    one.forms.join(', '),
    one.source.labels.en,
    one.alternatives.length === 0 ? '–' : one.alternatives.map((name) => `\`${name}\``).join(' '),
  ]);
  const introduction =
    'What can be shared about a person, under which claim names of UserInfo, and which attribute says less and may do as well. A purpose lists the attributes it needs by these names.';
  const head = ['Attribute', 'English', 'Arabic', 'Claims', 'Scope', 'Sensitivity', 'Form', 'Source', 'Says less'];
  return toPage('Attributes', introduction, toTable(head, rows));
}

function toPage(title: string, introduction: string, table: string): string {
  return `# ${title}\n\n${printedBy}\n\n${introduction}\n\n${table}\n`;
}
