// The first page of the auditor's desk, in Arabic.

export const arDesk = {
  'desk-waiting': 'بانتظار قرارك',
  'desk-waiting-none': 'لا شيء ينتظر قرارك.',
  'desk-waiting-unmask': 'كشف هوية شخص',
  'desk-waiting-breach': 'إعداد قائمة بمن يلزم إبلاغهم',
  'desk-waiting-export': 'إخراج ملف من القضية',
  'desk-waiting-by': 'طلبه {#name /}، {#time /}',
  'desk-waiting-until': 'حتى {#date /}',
  'desk-cases': 'قضاياك',
  'desk-cases-none': 'ليست لك قضية مفتوحة.',
  'desk-cases-all': 'كل القضايا',
  'desk-found': 'ما ظهر دون سؤال',
  'desk-found-none': 'لم يظهر شيء',
  'desk-found-about': 'في آخر {$days} يومًا. حُسب في {#time /}.',
  'desk-found-going': 'يجري الحساب الآن. وتعرضه صفحة الشذوذ.',
  'desk-found-all': 'كل القواعد والملاحظات',
  'desk-saved': 'عمليات بحثك المحفوظة',
  'desk-saved-all': 'كل عمليات البحث المحفوظة',
} as const;
