// The registers values come from, as the consent page names them ("from: Civil Status").

import type { Source } from './attribute.ts';

export const civilStatus: Source = { id: 'civil-status', labels: { ar: 'الأحوال المدنية', en: 'Civil Status' } };
export const police: Source = { id: 'police', labels: { ar: 'شؤون الإقامة', en: 'Residency Affairs' } };
export const borders: Source = { id: 'borders', labels: { ar: 'الجوازات والمنافذ', en: 'Passports and Borders' } };
export const post: Source = { id: 'post', labels: { ar: 'العنوان الوطني', en: 'National Address' } };
export const labour: Source = { id: 'labour', labels: { ar: 'سجل العمل والتأمينات', en: 'Labour and Insurance Register' } };
export const socialAffairs: Source = { id: 'social-affairs', labels: { ar: 'الشؤون الاجتماعية', en: 'Social Affairs' } };
export const commerce: Source = { id: 'commerce', labels: { ar: 'السجل التجاري', en: 'Commercial Register' } };
export const self: Source = { id: 'self', labels: { ar: 'منك', en: 'you' } };
export const registry: Source = { id: 'registry', labels: { ar: 'سجل هوية', en: 'Huwiya Registry' } };
