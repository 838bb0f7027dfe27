// Pages that go on by themselves.

export const arGoOn = {
  'go-on-title-answer': 'العودة إلى {$service}',
  'go-on-title-no-session': 'لا دخول مفتوح هنا',
  'go-on-title-another-person': 'دخول شخص آخر',
  'go-on-text-answer': 'تنقل هوية جوابها إلى الخدمة.',
  'go-on-text-no-session': 'لا دخول مفتوح في هوية من هذا المتصفح، فلا شيء ينتهي.',
  'go-on-text-another-person': 'ينتهي في هذا المتصفح دخول من سبقك، ثم تستمر خطوات دخولك.',
  'go-on-stays': 'تنتقل هذه الصفحة تلقائيًا. وإن بقيت، فالزر يكمل الطريق.',
} as const;
