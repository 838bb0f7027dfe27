// The one place where the two databases become one: PostgreSQL's tables are taken for SQLite's, which is sound because the proof below
// fails to compile when a row of one would differ from a row of the other. No other file of the project may cast.

import type { AnySQLiteTable } from 'drizzle-orm/sqlite-core';
import { core } from './drizzle.ts';
import type { Row, Value } from './row.ts';
import * as postgresCases from './postgres-case-tables.ts';
import * as postgresAudit from './postgres-audit-tables.ts';
import * as postgresDuties from './postgres-duty-tables.ts';
import * as postgresEngine from './postgres-engine-tables.ts';
import * as postgresExports from './postgres-export-tables.ts';
import * as postgresSearches from './postgres-search-tables.ts';
import * as postgresFigures from './postgres-figures-tables.ts';
import * as postgresKeys from './postgres-key-tables.ts';
import * as postgresLimits from './postgres-limit-tables.ts';
import * as postgresLogouts from './postgres-logout-tables.ts';
import * as postgresProofings from './postgres-proofing-tables.ts';
import * as postgresPasskeys from './postgres-passkey-tables.ts';
import * as postgresProtection from './postgres-protection-tables.ts';
import * as postgresMetadata from './postgres-metadata-tables.ts';
import * as postgresRecords from './postgres-record-tables.ts';
import * as postgresRecovery from './postgres-recovery-tables.ts';
import * as postgresRegistry from './postgres-registry-tables.ts';
import * as postgresStaff from './postgres-staff-tables.ts';
import * as postgresTraces from './postgres-trace-tables.ts';
import * as postgresWitnesses from './postgres-witness-tables.ts';
import * as sqliteCases from './sqlite-case-tables.ts';
import * as sqliteAudit from './sqlite-audit-tables.ts';
import * as sqliteDuties from './sqlite-duty-tables.ts';
import * as sqliteEngine from './sqlite-engine-tables.ts';
import * as sqliteExports from './sqlite-export-tables.ts';
import * as sqliteSearches from './sqlite-search-tables.ts';
import * as sqliteFigures from './sqlite-figures-tables.ts';
import * as sqliteKeys from './sqlite-key-tables.ts';
import * as sqliteLimits from './sqlite-limit-tables.ts';
import * as sqliteLogouts from './sqlite-logout-tables.ts';
import * as sqliteProofings from './sqlite-proofing-tables.ts';
import * as sqlitePasskeys from './sqlite-passkey-tables.ts';
import * as sqliteProtection from './sqlite-protection-tables.ts';
import * as sqliteMetadata from './sqlite-metadata-tables.ts';
import * as sqliteRecords from './sqlite-record-tables.ts';
import * as sqliteRecovery from './sqlite-recovery-tables.ts';
import * as sqliteRegistry from './sqlite-registry-tables.ts';
import * as sqliteStaff from './sqlite-staff-tables.ts';
import * as sqliteTraces from './sqlite-trace-tables.ts';
import * as sqliteWitnesses from './sqlite-witness-tables.ts';

export type Dialect = 'sqlite' | 'postgres';

const sqliteTables = {
  ...sqliteRegistry,
  ...sqlitePasskeys,
  ...sqliteRecords,
  ...sqliteEngine,
  ...sqliteStaff,
  ...sqliteDuties,
  ...sqliteLogouts,
  ...sqliteKeys,
  ...sqliteTraces,
  ...sqliteProofings,
  ...sqliteLimits,
  ...sqliteProtection,
  ...sqliteRecovery,
  ...sqliteMetadata,
  ...sqliteFigures,
  ...sqliteWitnesses,
  ...sqliteCases,
  ...sqliteAudit,
  ...sqliteExports,
  ...sqliteSearches,
};
const postgresTables = {
  ...postgresRegistry,
  ...postgresPasskeys,
  ...postgresRecords,
  ...postgresEngine,
  ...postgresStaff,
  ...postgresDuties,
  ...postgresLogouts,
  ...postgresKeys,
  ...postgresTraces,
  ...postgresProofings,
  ...postgresLimits,
  ...postgresProtection,
  ...postgresRecovery,
  ...postgresMetadata,
  ...postgresFigures,
  ...postgresWitnesses,
  ...postgresCases,
  ...postgresAudit,
  ...postgresExports,
  ...postgresSearches,
};

export type Tables = typeof sqliteTables;
type PostgresTables = typeof postgresTables;

type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;

type RowsOf<T extends Record<keyof T, { readonly $inferSelect: unknown }>> = { [Name in keyof T]: T[Name]['$inferSelect'] };

/** Compiles only while every table has the same columns with the same types on both sides. */
const areRowsEqual: Equal<RowsOf<Tables>, RowsOf<PostgresTables>> = true;

const tables: Readonly<Record<Dialect, Tables>> = {
  sqlite: sqliteTables,
  postgres: areRowsEqual ? (postgresTables as unknown as Tables) : sqliteTables,
};

export function toTables(dialect: Dialect): Tables {
  return tables[dialect];
}

export type RowOf<T extends AnySQLiteTable> = T['$inferSelect'];

export type Column = {
  readonly property: string;
  readonly name: string;
  readonly kind: 'text' | 'whole';
  /** SQLite keeps it as a number. */
  readonly isFlag: boolean;
  readonly isNullable: boolean;
  readonly toDriver: (value: unknown) => Value;
  readonly fromDriver: (value: unknown) => unknown;
};

/** The columns of a table with their conversions, independent of the database behind it. */
export function toColumns(table: AnySQLiteTable): readonly Column[] {
  return Object.entries(core.getTableColumns(table)).map(([property, column]) => ({
    property,
    name: column.name,
    kind: column.getSQLType() === 'text' ? 'text' : 'whole',
    isFlag: column.dataType === 'boolean',
    isNullable: !column.notNull,
    toDriver: (value) => (value === null || value === undefined ? null : toValue(column.mapToDriverValue(value))),
    fromDriver: isPlain(column) ? toPlain : (value) => (value === null || value === undefined ? null : column.mapFromDriverValue(value)),
  }));
}

const toPlain = (value: unknown): unknown => value ?? null;

/** Texts and numbers come as they are. */
function isPlain(column: { readonly dataType: string; readonly mapFromDriverValue: unknown }): boolean {
  return (
    (column.dataType === 'string' || column.dataType === 'number') && column.mapFromDriverValue === core.Column.prototype.mapFromDriverValue
  );
}

/** A row of the driver as a row of the table. The columns MUST be those of the table. */
export function toRecord<T extends AnySQLiteTable>(_table: T, columns: readonly Column[], row: Row): RowOf<T> {
  const record: Record<string, unknown> = {};
  for (const column of columns) {
    record[column.property] = column.fromDriver(row[column.name]);
  }
  return record;
}

function toValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw new TypeError('a column was given something that no database takes');
}

export function toTableName(table: AnySQLiteTable): string {
  return core.getTableName(table);
}

/** Locks the rows read, or those of the named tables, until the transaction ends. SQLite has one writer, so there is nothing to lock. */
export function forShare(dialect: Dialect, names: readonly string[] = []): string {
  if (dialect === 'sqlite') {
    return '';
  }
  return names.length === 0 ? ' FOR SHARE' : ` FOR SHARE OF ${names.join(', ')}`;
}
