// How a passkey stands, as every read says it: by its row, unless a source warns of its model. The warning is joined and not copied, so that the commit of an
// import downgrades every passkey of a model at once, however many there are.

import type { RowOf, Tables } from './dialect.ts';
import type { Value } from './row.ts';
import { selectFrom } from './statements.ts';
import type { Query } from './statements.ts';

/** `name`: of the table of passkeys. */
export function toStanding(name: 'passkeys' | 'officer_passkeys'): string {
  const warned = `EXISTS (SELECT 1 FROM metadata_models WHERE metadata_models.aaguid = ${name}.aaguid AND metadata_models.is_warned)`;
  return `CASE WHEN ${warned} THEN 'revoked' ELSE ${name}.standing END AS standing`;
}

const standings = { passkeys: toStanding('passkeys'), officer_passkeys: toStanding('officer_passkeys') } as const;

/** Finished texts by their bare form: prepared statements are found by text. */
const texts = new Map<string, string>();

function toJudgedText(bare: string, name: keyof typeof standings): string {
  const known = texts.get(bare) ?? bare.replace(`${name}.standing`, standings[name]);
  texts.set(bare, known);
  return known;
}

/** Whole rows of passkeys; `tail` is what follows FROM. */
export function selectPasskeys(tables: Tables, tail: string, values: readonly Value[]): Query<RowOf<Tables['passkeys']>> {
  const bare = selectFrom(tables.passkeys, tail, values);
  return { ...bare, text: toJudgedText(bare.text, 'passkeys') };
}

export function selectOfficerPasskeys(tables: Tables, tail: string, values: readonly Value[]): Query<RowOf<Tables['officerPasskeys']>> {
  const bare = selectFrom(tables.officerPasskeys, tail, values);
  return { ...bare, text: toJudgedText(bare.text, 'officer_passkeys') };
}
