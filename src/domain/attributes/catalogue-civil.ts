// Civil status: birth, age, origin, family.

import { createAttribute } from './attribute.ts';
import type { Attribute } from './attribute.ts';
import { civilStatus, registry } from './sources.ts';

const ageLimits = [15, 18, 21, 60] as const;

function createAgeAttribute(years: number): Attribute {
  return createAttribute({
    name: `age_over_${years}`,
    labels: { ar: `بلوغ ${years} سنة`, en: `Aged ${years} or over` },
    explanation: {
      ar: `الجواب فقط: نعم أو لا. لا يُشارَك تاريخ ميلادك.`,
      en: `The answer only: yes or no. Your date of birth is not shared.`,
    },
    format: 'yes_no',
    origin: 'computed',
    source: civilStatus,
    forms: ['yes_no'],
    example: true,
  });
}

function createHijriAgeAttribute(years: number): Attribute {
  return createAttribute({
    name: `age_over_${years}_hijri`,
    labels: { ar: `بلوغ ${years} سنة هجرية`, en: `Aged ${years} Hijri years or over` },
    explanation: {
      ar: 'الجواب فقط، بتقويم أم القرى. لا يُشارَك تاريخ ميلادك.',
      en: 'The answer only, by the Umm al-Qura calendar. Your date of birth is not shared.',
    },
    format: 'yes_no',
    origin: 'computed',
    source: civilStatus,
    forms: ['yes_no'],
    example: true,
  });
}

const hijriAges = ageLimits.map((years) => `age_over_${years}_hijri`);

export const civilAttributes = [
  createAttribute({
    name: 'gender',
    labels: { ar: 'الجنس', en: 'Gender' },
    explanation: { ar: 'ذكر أو أنثى، كما في السجل المدني.', en: 'Female or male, as in the civil register.' },
    format: 'choice',
    choices: { female: { ar: 'أنثى', en: 'Female' }, male: { ar: 'ذكر', en: 'Male' } },
    scope: 'profile',
    source: civilStatus,
    example: 'female',
  }),
  createAttribute({
    name: 'birthdate',
    labels: { ar: 'تاريخ الميلاد', en: 'Date of birth' },
    explanation: { ar: 'اليوم والشهر والسنة بالتقويم الميلادي.', en: 'Day, month and year in the Gregorian calendar.' },
    format: 'date',
    scope: 'profile',
    source: civilStatus,
    alternatives: ['age_over_15', 'age_over_18', 'age_over_21', 'age_over_60', 'birth_year'],
    example: '1990-05-17',
  }),
  createAttribute({
    name: 'birthdate_hijri',
    labels: { ar: 'تاريخ الميلاد الهجري', en: 'Date of birth (Hijri)' },
    explanation: { ar: 'تاريخ ميلادك بتقويم أم القرى.', en: 'Your date of birth in the Umm al-Qura calendar.' },
    format: 'hijri_date',
    origin: 'either',
    source: civilStatus,
    alternatives: [...hijriAges, 'birth_year'],
    example: '1410-10-22',
  }),
  createAttribute({
    name: 'birth_year',
    labels: { ar: 'سنة الميلاد', en: 'Year of birth' },
    explanation: { ar: 'السنة وحدها، دون اليوم والشهر.', en: 'The year alone, without day and month.' },
    format: 'count',
    origin: 'computed',
    source: civilStatus,
    forms: ['derived'],
    alternatives: ['age_over_18'],
    example: 1990,
  }),
  ...ageLimits.map(createAgeAttribute),
  ...ageLimits.map(createHijriAgeAttribute),
  createAttribute({
    name: 'place_of_birth',
    labels: { ar: 'مكان الميلاد', en: 'Place of birth' },
    explanation: { ar: 'المدينة والبلد حيث وُلدت.', en: 'The town and country where you were born.' },
    format: 'place',
    source: civilStatus,
    example: { locality: 'الرياض', country: 'SA' },
  }),
  createAttribute({
    name: 'nationalities',
    labels: { ar: 'الجنسية', en: 'Nationality' },
    explanation: { ar: 'البلدان التي تحمل جنسيتها.', en: 'The countries whose nationality you hold.' },
    format: 'countries',
    source: civilStatus,
    alternatives: ['is_citizen', 'is_gcc'],
    example: ['SA'],
  }),
  createAttribute({
    name: 'is_citizen',
    labels: { ar: 'مواطن', en: 'Citizen' },
    explanation: { ar: 'الجواب فقط: هل تحمل جنسية هذا البلد.', en: 'The answer only: whether you are a citizen of this country.' },
    format: 'yes_no',
    origin: 'computed',
    source: registry,
    forms: ['yes_no'],
    example: true,
  }),
  createAttribute({
    name: 'is_gcc',
    labels: { ar: 'مواطن خليجي', en: 'GCC national' },
    explanation: {
      ar: 'الجواب فقط: هل تحمل جنسية إحدى دول مجلس التعاون، ومنها هذا البلد.',
      en: 'The answer only: whether you are a national of a GCC country, this one included.',
    },
    format: 'yes_no',
    origin: 'computed',
    source: registry,
    forms: ['yes_no'],
    example: true,
  }),
  createAttribute({
    name: 'marital_status',
    labels: { ar: 'الحالة الاجتماعية', en: 'Marital status' },
    explanation: {
      ar: 'عدم الزواج أو الزواج أو الطلاق أو الترمّل، كما في السجل المدني.',
      en: 'Single, married, divorced or widowed, as in the civil register.',
    },
    format: 'choice',
    choices: {
      single: { ar: 'لم يسبق الزواج', en: 'Single' },
      married: { ar: 'زواج قائم', en: 'Married' },
      divorced: { ar: 'طلاق', en: 'Divorced' },
      widowed: { ar: 'ترمّل', en: 'Widowed' },
    },
    source: civilStatus,
    sensitivity: 'sensitive',
    alternatives: ['has_dependants'],
    example: 'married',
  }),
  createAttribute({
    name: 'dependants_count',
    labels: { ar: 'عدد المعالين', en: 'Number of dependants' },
    explanation: { ar: 'عدد من تعولهم بحسب السجل المدني.', en: 'How many people depend on you, as in the civil register.' },
    format: 'count',
    source: civilStatus,
    sensitivity: 'sensitive',
    alternatives: ['has_dependants'],
    example: 2,
  }),
  createAttribute({
    name: 'has_dependants',
    labels: { ar: 'وجود معالين', en: 'Has dependants' },
    explanation: { ar: 'الجواب فقط، دون أسماء ولا عدد.', en: 'The answer only, without names or a number.' },
    format: 'yes_no',
    origin: 'computed',
    source: civilStatus,
    forms: ['yes_no'],
    example: true,
  }),
];
