// Searches that auditors keep, in Arabic.

export const arSaved = {
  'saved-title': 'عمليات البحث المحفوظة',
  'saved-lead-own': 'عمليات بحث حفظتَها أنت. لا يراها هنا غيرك.',
  'saved-lead-case': 'عمليات بحث هذه القضية. يراها كل عضو فيها، وله أن يسألها من جديد.',
  'saved-none': 'لا شيء محفوظ بعد. اطرح سؤالًا أو ابحث في القيود، ثم احفظ البحث أسفل جوابه.',
  'saved-by': 'حفظه {#name /}، {#time /}',
  'saved-ask': 'اسأل الآن من جديد',
  'saved-ask-as-of': 'كما كان السجل عند {#size /} قيدًا',
  'saved-remove': 'إزالة',
  'saved-remove-one': 'إزالة «{$name}»',
  'saved-keep-title': 'حفظ هذا البحث',
  'saved-keep': 'حفظ',
  'saved-name': 'الاسم',
  'saved-name-hint': 'لا تكتب اسم شخص ولا رقمه. يُحفظ البحث ولا يُحفظ جوابه.',
  'saved-refused': 'لم يُحفظ شيء',
  'saved-problem-name': 'اكتب اسمًا لا يزيد على 80 حرفًا.',
  'saved-problem-name-person': 'في الاسم أرقام متتابعة قد تكون رقم شخص. اتركها.',
  'saved-problem-full': 'هنا 100 بحث محفوظ. أزل واحدًا أولًا.',
} as const;
