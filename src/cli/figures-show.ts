// `huwiya figures show MONTH`: the figures of a month, as everybody reads them.

import { parseDocument } from '../domain/audit/figures/document.ts';
import { figures } from '../domain/audit/figures/figure.ts';
import type { Counts, Shown } from '../domain/audit/figures/figure.ts';
import { parseEdition } from '../domain/audit/figures/month.ts';
import type { Context, ExitCode } from './context.ts';
import { printFailure, printLine, printTable } from './print.ts';

const toCell = (shown: Shown): string => (typeof shown === 'number' ? String(shown) : `<${shown.below}`);

const toCells = (name: string, counts: Counts<Shown>): readonly string[] => [name, ...figures.map((figure) => toCell(counts[figure]))];

export async function runFiguresShow(
  { out, err, storage }: Context,
  { month, json }: { readonly month: string; readonly json: boolean },
): Promise<ExitCode> {
  const asked = parseEdition(month);
  const found = asked === undefined ? undefined : await storage.figures.findFigures(asked.month, asked.edition);
  if (found === undefined) {
    printFailure(err, `figures show ${month}`, asked === undefined ? 'figures/month-unknown' : 'figures/not-published');
    return 1;
  }
  if (json) {
    printLine(out, `{"document":${found.document},"signature":"${found.signature}"}`);
    return 0;
  }
  const document = parseDocument(found);
  printTable(out, [
    ['AGENCY', ...figures.map((figure) => figure.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase())],
    ...document.agencies.map(({ id, figures: counts }) => toCells(id, counts)),
    toCells('all', document.total),
  ]);
  printLine(out, `unmasked: ${toCell(document.unmasked)}`);
  document.unmasked_by_agency.forEach(({ agency, people }) => printLine(out, `unmasked, ${agency ?? 'other cases'}: ${toCell(people)}`));
  printLine(out, `counted in the first ${document.checkpoint.size} entries; fingerprint ${found.digest}`);
  return 0;
}
