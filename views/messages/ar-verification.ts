// ما تعرفه الخدمة عن التحقق من هوية الشخص.

export const arVerification = {
  'term-verification': 'كيف جرى التحقق من هويتك',
  'term-verification-text': 'تعرف الخدمة ذلك أيضًا.',
  'term-verification-more': 'ما تعرفه بالتحديد',
  'term-verification-with': 'مع ما تشاركه من: {$attributes}. وتعرف:',
  'verification-trust_framework': 'القواعد التي جرى التحقق وفقها',
  'verification-assurance_level': 'درجة التحقق',
  'verification-time': 'متى جرى التحقق',
  'verification-types': 'نوع الوثيقة التي قدّمتها وطريقة فحصها',
  'verification-details': 'الوثيقة: نوعها وجهة إصدارها وتاريخ انتهائها وآخر خانات رقمها، ومن فحصها ومتى وكيف',
  'verification-never': 'لا تتلقى الخدمة صورة الوثيقة ولا رقمها كاملًا.',
  'change-verification': 'ستعرف كيف جرى التحقق من هويتك',
  'field-verification': 'ما تعرفه عن التحقق من الهوية',
  'receipt-verification': 'ما تعرفه الخدمة عن التحقق من هويتك',
  'receipt-verification-ended': 'ما كانت تعرفه الخدمة عن التحقق من هويتك حتى ذلك الوقت',
} as const;
