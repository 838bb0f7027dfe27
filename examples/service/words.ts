// What the pages of every service say. Arabic is written first.

export type Language = 'ar' | 'en';

const ar = {
  skip: 'إلى المحتوى',
  otherLanguage: 'English',
  steps: 'خطوات الطلب',
  signIn: 'الدخول عبر هوية',
  signOut: 'تسجيل الخروج',
  again: 'تسجيل الدخول مرة أخرى',
  fetchAgain: 'تحديث بياناتي من هوية',
  manage: 'ما أشاركه مع هذه الخدمة، والتحكم فيه',
  yourDetails: 'بياناتك ودخولك',
  needed: 'لازم',
  optional: 'باختيارك',
  weAsk: 'ما نطلبه من هوية',
  weAskLead: 'تسألك هوية قبل أن يصلنا شيء، وتختار ما تشاركه.',
  notShared: 'لم تشاركه',
  yes: 'نعم',
  no: 'لا',
  notices: {
    refused: 'لم يصلنا شيء عنك، لأنك اخترت ألا تشارك بياناتك. يمكنك المحاولة متى شئت، أو زيارة أحد مكاتبنا.',
    failed: 'لم يكتمل الدخول، ولم يصلنا شيء عنك. ابدأ من جديد.',
    unavailable: 'لا تجيب هوية الآن. انتظر قليلًا، ثم حاول مرة أخرى.',
    incomplete: 'لم يُرسل الطلب، لأن بيانًا لازمًا له لم يصلنا. حدّث بياناتك من هوية، أو سجّل الدخول مرة أخرى.',
    withdrawn: 'لم يعد يُسمح لنا بالاطلاع على بياناتك: سُحبت الموافقة أو أُوقفت، أو انتهت الجلسة. حذفنا ما وصلنا في هذه الزيارة.',
    paused: 'أوقفت المشاركة معنا مؤقتًا. لا يصلنا عنك شيء، ولا نستعمل ما لدينا، حتى تستأنفها من صفحتك في هوية.',
    erased: 'طلبت حذف بياناتك، فحذفنا ما وصلنا لهذا الغرض.',
    expired: 'مضت خمس دقائق على دخولك، فلم نعد نستطيع طلب بياناتك. ادخل مرة أخرى؛ لا تُسأل عما أجبت عنه.',
    fresh: 'وصلت بياناتك من هوية الآن.',
    'signed-out': 'خرجت من هذه الخدمة.',
    ended: 'خرجت من هوية، فانتهى دخولك هنا أيضًا. حذفنا ما وصلنا في هذه الزيارة.',
  },
  gov: 'جهة وبيانات مخترعة. ما تكتبه هنا لا يُرسل إلى أحد، ويُمحى عند إيقاف الخدمة.',
  developers: 'للمطورين: ما جرى خلف هذه الصفحة',
  developersLead: 'ما تبادلته هذه الخدمة مع هوية، بالترتيب. برنامج ذلك كله صفحة واحدة:',
  nothingYet: 'لم يجرِ شيء بعد. سجّل الدخول ثم عُد إلى هنا.',
  wire: {
    asked: 'أُرسل المتصفح إلى هوية، ومعه الغرض وما يثبت أن العودة لنا وحدنا.',
    returned: 'عاد المتصفح برمز يصلح مرة واحدة. ليس في العنوان شيء من البيانات.',
    refused: 'عاد المتصفح بلا رمز.',
    exchanged: 'بدّلت الخدمة الرمز وأثبتت هويتها. يقول رمز الهوية من دخل وكيف، ولا يحمل بيانات.',
    fetched: 'طلبت الخدمة البيانات. وصل ما وافق عليه الشخص لهذا الغرض، ولا شيء سواه.',
    denied: 'طلبت الخدمة البيانات فرُفض الطلب.',
  },
  subject: 'معرّف الشخص لدى هذه الجهة',
  level: 'درجة التحقق',
  missing: 'طُلب ولم يصل',
};

const en: typeof ar = {
  skip: 'Skip to content',
  otherLanguage: 'العربية',
  steps: 'Steps of the request',
  signIn: 'Sign in with Huwiya',
  signOut: 'Sign out',
  again: 'Sign in again',
  fetchAgain: 'Refresh my details from Huwiya',
  manage: 'What I share with this service, and what I can do about it',
  yourDetails: 'Your details and your sign-in',
  needed: 'Needed',
  optional: 'Your choice',
  weAsk: 'What we ask Huwiya for',
  weAskLead: 'Huwiya asks you before anything reaches us, and you choose what to share.',
  notShared: 'Not shared',
  yes: 'Yes',
  no: 'No',
  notices: {
    refused:
      'Nothing about you reached us, because you chose not to share your details. You can try again at any time, or visit one of our offices.',
    failed: 'Signing in did not succeed, and nothing about you reached us. Please start again.',
    unavailable: 'Huwiya does not answer at the moment. Wait a little, then try again.',
    incomplete:
      'The request was not sent, because a detail that it needs did not reach us. Refresh your details from Huwiya, or sign in again.',
    withdrawn:
      'We may no longer see your details: the consent was withdrawn or paused, or the session has ended. We deleted what reached us in this visit.',
    paused:
      'You have paused sharing with us. Nothing about you reaches us, and we use nothing that we have, until you resume it on your page at Huwiya.',
    erased: 'You asked for your details to be erased, so we deleted what reached us for this purpose.',
    expired:
      'Five minutes have passed since you signed in, so we can no longer ask for your details. Sign in again; what you have answered is not asked twice.',
    fresh: 'Your details have just arrived from Huwiya.',
    'signed-out': 'You have signed out of this service.',
    ended: 'You signed out of Huwiya, so you are signed out here too. We deleted what reached us in this visit.',
  },
  gov: 'Agency and data are invented. What you enter here is sent to nobody, and is gone when the service stops.',
  developers: 'For developers: what happened behind this page',
  developersLead: 'What this service and Huwiya said to each other, in order. The program for all of it is one page:',
  nothingYet: 'Nothing has happened yet. Sign in, then come back here.',
  wire: {
    asked: 'The browser was sent to Huwiya, with the purpose and with what proves that the answer is for us alone.',
    returned: 'The browser came back with a code that works once. No details are in the address.',
    refused: 'The browser came back without a code.',
    exchanged: 'The service exchanged the code and proved who it is. The ID token says who signed in and how, and carries no details.',
    fetched: 'The service asked for the details. What the person agreed to for this purpose arrived, and nothing else.',
    denied: 'The service asked for the details, and the request was refused.',
  },
  subject: 'Identifier of the person at this agency',
  level: 'Level of assurance',
  missing: 'Asked for and not received',
};

export const words = { ar, en } as const satisfies Record<Language, typeof ar>;
