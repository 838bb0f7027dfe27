// A computer that others use, in Arabic.

export const arShared = {
  'shared-choice': 'يستخدم هذا الجهاز غيري',
  'shared-choice-hint': 'ينتهي الدخول بعد 10 دقائق دون استخدام، وبعد ساعة على الأكثر، ولا يبقى منه شيء في المتصفح.',
  'shared-band': 'جهاز مشترك',
  'shared-band-text': 'هذا جهاز يستخدمه غيرك. قبل مغادرته:',
  'session-shared': 'جهاز مشترك',
  'session-shared-text': 'تنتهي بعد 10 دقائق دون استخدام، وبعد ساعة على الأكثر.',
  'shared-finish': 'إنهاء دون ترك أثر',
};
