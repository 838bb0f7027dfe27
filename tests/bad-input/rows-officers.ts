// What an operator may get wrong about staff, about one entry, and when asking what a node stands on.

import type { CommandAsked } from './row.ts';

const invite = ['officers', 'invite', '--role', 'auditor'];

export const officerAsked: readonly CommandAsked[] = [
  { what: 'no role', args: ['officers', 'invite', '--name', 'X'], exit: 2, says: "required option '--role <role>' not specified" },
  {
    what: 'a role that does not exist',
    args: ['officers', 'invite', '--role', 'king', '--name', 'X'],
    exit: 2,
    says: 'Choose one of auditor',
  },
  { what: 'no name', args: invite, exit: 2, says: "required option '--name <name>' not specified" },
  { what: 'an empty name', args: [...invite, '--name', ''], exit: 2, says: '--name must be a name of 1 to 80 characters' },
  {
    what: 'a name of 81 characters',
    args: [...invite, '--name', 'x'.repeat(81)],
    exit: 2,
    says: '--name must be a name of 1 to 80 characters',
  },
  { what: 'an agency that does not exist', args: [...invite, '--name', 'X', '--agency', 'nobody'], says: 'agency/unknown' },
  { what: 'an officer that does not exist', args: ['officers', 'status', 'unknown', 'suspended'], says: 'officer/unknown' },
  {
    what: 'a status that does not exist',
    args: ['officers', 'status', 'unknown', 'gone'],
    exit: 2,
    says: 'must be one of active, suspended',
  },
  { what: 'an index in words', args: ['audit', 'show', 'first'], exit: 2, says: 'is no index; write a whole number from 0' },
  { what: 'an entry that does not exist', args: ['audit', 'show', '99999'], says: 'audit/entry-unknown' },
  {
    what: 'a proof over a file that exists',
    args: ['audit', 'show', '0', '--proof', '{file}'],
    file: 'x',
    says: 'exists already and is never overwritten',
  },
  {
    what: 'a proof into a folder that does not exist',
    args: ['audit', 'show', '0', '--proof', '{dir}/nowhere/x'],
    says: 'nowhere/x: cannot be written',
  },
  { what: 'a service that does not exist', args: ['audit', 'query', '--service', 'nobody'], says: 'unknown service' },
  { what: 'an attribute that does not exist', args: ['audit', 'query', '--attribute', 'shoe_size'], says: 'unknown attribute' },
  { what: 'an order that does not exist', args: ['audit', 'query', '--order', 'random'], exit: 2, says: 'Choose one of oldest-first' },
  { what: 'a settings file that is not there', args: ['doctor', '--config', '{dir}/nothing.env'], says: 'cannot be read' },
  { what: 'a name that is no setting', args: ['doctor'], settings: 'HUWIYA_LISTN=1', says: 'HUWIYA_LISTN' },
  {
    what: 'a database that is none',
    args: ['doctor'],
    file: 'x'.repeat(5000),
    settings: 'HUWIYA_DATABASE=sqlite:{file}',
    says: 'failed   database',
  },
  { what: 'an option that does not exist', args: ['doctor', '--deep'], exit: 2, says: "unknown option '--deep'" },
  { what: 'a word for the number of a request', args: ['agencies', 'trace', 'first'], exit: 2, says: 'is no number of a request' },
  { what: 'a number that no request has', args: ['agencies', 'trace', '2222-2222'], says: 'trace/unknown' },
  { what: 'a service that does not exist', args: ['agencies', 'traces', 'nobody'], says: 'agency/unknown' },
  { what: 'no request at most', args: ['agencies', 'traces', 'nobody', '--limit', '0'], exit: 2, says: 'Write a whole number from 1' },
];
