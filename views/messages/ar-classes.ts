// The classes of service in Arabic, and in which ways one is less protected: for reviewers, auditors and the public register.

export const arClasses = {
  'class-fapi': 'فئة الحماية القصوى',
  'class-standard': 'الفئة القياسية',
  'class-legacy': 'فئة التطبيقات الجاهزة',
  'class-title': 'كيف تتصل الخدمة بنا',
  'class-full': 'لا تقل حمايتها في شيء عن أعلى فئة.',
  'class-less': 'الفرق بينها وبين أعلى فئة:',
  'weakness-symmetric-credential': 'تثبت هويتها بكلمة سر مشتركة، لا بمفتاح تملكه وحدها.',
  'weakness-no-authentication': 'تعمل على جهاز المستخدم، فلا تستطيع إثبات هويتها.',
  'weakness-open-requests': 'تصل طلباتها عبر المتصفح، لا عبر اتصال مباشر بنا.',
  'weakness-no-pkce': 'لا تُلزَم بربط رمز الدخول بمن بدأ الطلب.',
  'weakness-bearer-tokens': 'يستطيع من يحصل على رمز وصولها أن يستعمله خلال خمس دقائق.',
  'weakness-old-signature': 'توقَّع لها الرموز بخوارزمية أقدم (RS256).',
  'weakness-answers-by-form': 'قد تصلها الإجابة في نموذج يرسله المتصفح.',
} as const;
