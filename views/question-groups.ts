// In which order questions are told.

export const questionGroups = ['complaint', 'sweep', 'investigation', 'breach', 'log'] as const;
