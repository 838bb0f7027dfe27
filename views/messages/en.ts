import type { ar } from './ar.ts';

export const en: Readonly<Record<keyof typeof ar, string>> = { 'brand': 'Huwiya' };
