// Versions of what is registered, in English: the public register, the approver's desk.

export const enRegister = {
  'change-version': 'would be version {$after}; version {$before} is in force now',
  'change-version-first': 'would be version {$after}',
  'version-registered': 'What this version registered',
} as const;
