export const ar = { 'brand': 'هوية' } as const;
