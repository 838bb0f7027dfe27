// Confirming a decision with a passkey, in Arabic: the page, and what can go wrong on it.

export const arConfirm = {
  'confirm-title': 'تأكيد ما تشاركه مع {#whole}{$agency}{/whole} بمفتاح المرور',
  'confirm-lead': 'اخترت الموافقة. لا يُشارَك شيء قبل أن تؤكدها هنا.',
  'confirm-why': 'لماذا يُطلب التأكيد',
  'confirm-why-sensitive': 'بعض هذه البيانات حساس.',
  'confirm-why-long': 'تمتد هذه الموافقة أكثر من سنة.',
  'confirm-why-offline': 'للخدمة أن تطلب هذه البيانات في غيابك.',
  'confirm-shared': 'ما ستشاركه',
  'confirm-shared-nothing': 'لا شيء من بياناتك. تعرف الخدمة فقط أنك الشخص نفسه.',
  'confirm-left-out': 'ما لن تشاركه',
  'confirm-signs': 'يوقّع مفتاحك هذا السجل، ويُحفظ التوقيع في الإيصال. وكل من تعرض عليه الإيصال يمكنه التحقق منه.',
  'confirm-passkey': 'التأكيد بمفتاح المرور',
  'confirm-change': 'الرجوع والاختيار من جديد',
  'ceremony-cancelled-confirm': 'لم يكتمل التأكيد، ولم يُشارَك شيء',
  'error-consent-unconfirmed-title': 'لم يُؤكَّد هذا القرار',
  'error-consent-unconfirmed-meaning': 'تغيّر شيء في الطلب قبل تأكيده. لم يُشارَك شيء من بياناتك.',
  'error-consent-unconfirmed-next': 'الرجوع إلى اختياراتك واتخاذ القرار من جديد.',
  'error-passkey-not-own-title': 'هذا المفتاح ليس لك',
  'error-passkey-not-own-meaning': 'التأكيد لصاحب الدخول وحده. لم يُشارَك شيء من بياناتك.',
  'error-passkey-not-own-next': 'المحاولة من جديد بمفتاح من مفاتيحك.',
} as const;
