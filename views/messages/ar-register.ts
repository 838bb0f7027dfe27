// Versions of what is registered, in Arabic: the public register, the approver's desk.

export const arRegister = {
  'change-version': 'سيكون الإصدار {$after}، والساري الآن الإصدار {$before}',
  'change-version-first': 'سيكون الإصدار {$after}',
  'version-registered': 'المسجَّل في هذا الإصدار',
} as const;
