// Why an operator does what they do: kept in the entry for the auditor and for the person. The command asks for it and works without it; then the entry says so.

export type OperatorsWord = {
  /** Names nobody. */
  readonly reason?: string | undefined;
  /** The order, article or case that it rests on. */
  readonly reference?: string | undefined;
};

/** In the place of a reason that nobody gave. */
export const noReason = 'none-given';

export function toReason({ reason }: OperatorsWord): string {
  return reason ?? noReason;
}

/** For the payload of an entry. */
export function toReferencePayload({ reference }: OperatorsWord): { readonly reference?: string } {
  return reference === undefined ? {} : { reference };
}
