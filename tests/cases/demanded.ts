// The attack and fault cases that MUST have a test, by group. Those of the second priority are wanted too; `npm run cases` shows them and asks for none.

export type CaseGroup = {
  readonly group: string;
  readonly about: string;
  /** Cases are numbered from 1 without a gap. */
  readonly last: number;
  readonly secondPriority: readonly number[];
};

export const demanded: readonly CaseGroup[] = [
  { group: 'AZ', about: 'requests for authorization', last: 33, secondPriority: [17, 28, 29, 32] },
  { group: 'TK', about: 'the token endpoint and how services prove who they are', last: 32, secondPriority: [8, 32] },
  { group: 'UI', about: 'UserInfo, introspection, revocation', last: 10, secondPriority: [2, 8] },
  { group: 'LO', about: 'signing out', last: 8, secondPriority: [8] },
  { group: 'RG', about: 'registration of services, and calls to their addresses', last: 18, secondPriority: [] },
  { group: 'WA', about: 'passkeys and what they attest', last: 28, secondPriority: [9, 19, 25, 28] },
  { group: 'EN', about: 'enrolment, recovery and what the registry says', last: 14, secondPriority: [10] },
  { group: 'SE', about: 'sessions and cookies', last: 14, secondPriority: [10] },
  { group: 'CO', about: 'consent', last: 20, secondPriority: [8, 20] },
  { group: 'IN', about: 'input', last: 16, secondPriority: [9, 15, 16] },
  { group: 'RX', about: 'what runs out', last: 12, secondPriority: [10, 12] },
  { group: 'FT', about: 'faults', last: 28, secondPriority: [22, 26] },
  { group: 'PV', about: 'privacy', last: 6, secondPriority: [5, 6] },
];

export const toCaseId = (group: string, number: number): string => `${group}-${String(number).padStart(2, '0')}`;

/** Every case that MUST have a test. */
export const demandedIds: readonly string[] = demanded.flatMap(({ group, last, secondPriority }) =>
  Array.from({ length: last }, (_, index) => index + 1)
    .filter((number) => !secondPriority.includes(number))
    .map((number) => toCaseId(group, number)),
);
