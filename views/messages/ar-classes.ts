// The classes of service and of change in Arabic, and in which ways one is less protected: for reviewers, auditors and the public register.

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

export const arReview = {
  'review-safe': 'يسري دون انتظار',
  'review-reviewed': 'يحتاج إلى معتمِد واحد',
  'review-dual': 'يحتاج إلى معتمِدَين',
  'review-reason-basis': 'يغيّر الأساس القانوني.',
  'review-reason-choice': 'يطلب دون اختيار ما يختاره الناس، أو كانوا يختارونه.',
  'review-reason-level': 'يخفض التحقق عند الدخول.',
  'review-reason-class': 'ينقل الخدمة إلى فئة أضعف.',
  'review-reason-protection': 'ينزع عن الخدمة حماية هي لها اليوم.',
  'review-reason-sector': 'يغيّر من يستطيع التعرف على الشخص نفسه.',
  'review-reason-verification': 'تعرف به الخدمة عن التحقق من هويات الناس أكثر من قبل.',
  'review-reason-delegation': 'يسمح للآخرين بأن ينوبوا عن الناس.',
  'review-one-of-two': 'اعتُمد مرة، وينتظر معتمِدًا آخر',
  'review-yours': 'اعتمدتَ هذا الطلب. ينتظر الآن معتمِدًا آخر.',
  'review-by-one': 'اعتمده {$name}',
  'review-saved': 'قُيِّد اعتمادك. يسري الطلب حين يعتمده معتمِد آخر.',
} as const;
