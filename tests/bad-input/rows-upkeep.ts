// Backups and what is handed in for one.

import type { CommandAsked } from './row.ts';

const restore = ['restore', '{file}'];
const elsewhere = 'HUWIYA_DATABASE=sqlite:./restored.db';

export const upkeepAsked: readonly CommandAsked[] = [
  { what: 'a backup over a file that exists', args: ['backup', '{file}'], file: 'x', says: 'exists already and is never overwritten' },
  { what: 'a backup into a folder that does not exist', args: ['backup', '{dir}/nowhere/x'], says: 'nowhere/x: cannot be written' },
  { what: 'no file for a backup', args: ['backup'], exit: 2, says: "missing required argument 'file'" },
  { what: 'a backup that is not there', args: ['restore', '{dir}/nothing'], settings: elsewhere, says: 'cannot be read, or is no backup' },
  { what: 'an empty file', args: restore, file: '', settings: elsewhere, says: 'cannot be read, or is no backup' },
  { what: 'a file that is no backup', args: restore, file: 'hello', settings: elsewhere, says: 'cannot be read, or is no backup' },
  {
    what: 'bytes that are no text',
    args: restore,
    file: Uint8Array.of(0x00, 0xff, 0xfe),
    settings: elsewhere,
    says: 'cannot be read, or is no backup',
  },
  {
    what: 'a database in place of its backup',
    args: ['restore', '{dir}/huwiya.db'],
    settings: elsewhere,
    says: 'is no backup of this kind',
  },
  {
    what: 'JSON that looks like a backup',
    args: restore,
    file: '{"format":"huwiya-backup/1"}\n',
    settings: elsewhere,
    says: 'is no backup of this kind',
  },
  { what: 'a state of messages that does not exist', args: ['outbox', 'list', '--state', 'lost'], exit: 2, says: 'Choose one of waiting' },
  { what: 'no messages at all', args: ['outbox', 'list', '--limit', '0'], exit: 2, says: 'Write a whole number from 1' },
  { what: 'a message that does not exist', args: ['outbox', 'retry', '--id', '../../x'], says: 'is no message that can be tried now' },
  { what: 'a move to nowhere', args: ['move'], exit: 2, says: 'one of --to URL and --undo is needed' },
  { what: 'a move to SQLite', args: ['move', '--to', 'sqlite:./other.db'], says: 'is no postgres:// URL' },
  { what: 'a move to what is no address', args: ['move', '--to', 'postgres://[x'], says: 'is no postgres:// URL' },
  {
    what: 'a move of a database that is not there',
    args: ['move', '--to', 'postgres://localhost/none'],
    settings: elsewhere,
    says: 'is not there',
  },
  { what: 'a folder for a backup', args: ['restore', '{dir}'], settings: elsewhere, says: 'cannot be read' },
];
