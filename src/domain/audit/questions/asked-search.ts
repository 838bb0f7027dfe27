// What the values of a question narrow entries to.

import type { EntrySearch } from './entry-search.ts';
import type { Values } from './question.ts';

export const toPeriod = ({ from, to }: Values): EntrySearch => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** Of the agency, the service and the time that were asked for. */
export const toAsked = (values: Values): EntrySearch => ({
  ...(values.agency === undefined ? {} : { agency: values.agency }),
  ...(values.service === undefined ? {} : { service: values.service }),
  ...toPeriod(values),
});
