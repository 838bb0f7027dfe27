// Guardianship, and who acts.

import { createAttribute } from './attribute.ts';
import { court, registry } from './sources.ts';

export const familyAttributes = [
  createAttribute({
    name: 'guardian_of',
    labels: { ar: 'من تحت ولايتك', en: 'People in your guardianship' },
    explanation: {
      ar: 'أرقام من لك الولاية عليهم. فيها بيانات غيرك، فلا تُطلب إلا لسبب.',
      en: 'The numbers of the people you are guardian of. They are about others, so it needs a reason.',
    },
    format: 'identifiers',
    source: court,
    sensitivity: 'sensitive',
    alternatives: ['is_guardian_of'],
    example: ['1000000016'],
  }),
  createAttribute({
    name: 'is_guardian_of',
    labels: { ar: 'الولاية على شخص بعينه', en: 'Guardian of one person' },
    explanation: {
      ar: 'الجواب فقط: هل لك الولاية على الشخص الذي تسأل عنه الخدمة.',
      en: 'The answer only: whether you are guardian of the person the service asks about.',
    },
    format: 'yes_no',
    origin: 'computed',
    source: court,
    sensitivity: 'sensitive',
    forms: ['yes_no'],
    isCompared: true,
    example: true,
  }),
  createAttribute({
    name: 'guardian_type',
    labels: { ar: 'نوع الولاية', en: 'Kind of guardianship' },
    explanation: { ar: 'ولاية الوالدين أو ولاية بحكم المحكمة.', en: 'As a parent, or by order of a court.' },
    format: 'choice',
    choices: {
      parent: { ar: 'ولاية الوالدين', en: 'Parent' },
      court: { ar: 'بحكم المحكمة', en: 'By order of a court' },
    },
    source: court,
    sensitivity: 'sensitive',
    alternatives: ['is_guardian_of'],
    example: 'parent',
  }),
  createAttribute({
    name: 'representation',
    labels: { ar: 'التمثيل', en: 'Who acts' },
    explanation: {
      ar: 'هل تتصرف بنفسك أم ينوب عنك غيرك.',
      en: 'Whether you act yourself or somebody acts for you.',
    },
    format: 'choice',
    choices: { self: { ar: 'أصالة عن النفس', en: 'You yourself' } },
    origin: 'computed',
    source: registry,
    forms: ['derived'],
    example: 'self',
  }),
];
