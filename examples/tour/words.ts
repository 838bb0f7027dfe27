// What the tour says. Each step has a title, what to do, and what to look at.

import type { Language } from '../service/words.ts';

const ar = {
  title: 'جولة في هوية',
  lead: 'أربع عشرة خطوة في نحو ربع ساعة. كل شيء على هذا الجهاز، والأشخاص والجهات مخترعون.',
  passkeys:
    'تحتاج إلى متصفح فيه مفاتيح مرور: ببصمة، أو وجه، أو رمز قفل الجهاز. إن لم يكن لديك، فافتح أدوات المطورين في Chrome، واختر WebAuthn، وفعّل جهازًا افتراضيًا، وأبقِ الأدوات مفتوحة.',
  look: 'لاحظ',
  already: 'لدى هذا الحساب مفتاح مرور من قبل.',
  noLink: 'لا رابط له الآن.',
  staff: 'الموظفون',
  staffLead: 'لكل موظف حساب ومفتاح مرور، منفصلان عن حسابات الأشخاص. في مكتب التسجيل يجد الموظف شخصًا برقمه، ويكتب وثيقته، ويسلّمه رمز تسجيل.',
  others: 'أشخاص آخرون',
  linksOnce: 'يصلح كل رابط مرة واحدة. تظهر هنا عند كل تشغيل روابط جديدة لمن لم يكن له مفتاح مرور قط.',
  kinds: {
    citizen: 'مواطنة',
    resident: 'مقيمة',
    visitor: 'زائرة',
    auditor: 'مدققة',
    registrar: 'موظف تسجيل',
    approver: 'معتمِدة',
  },
  enrolLink: 'تسجيل',
  steps: {
    enrol: {
      title: 'التسجيل',
      text: 'افتح رابط سارة القحطاني وأنشئ مفتاح مرور.',
      look: 'لا كلمة مرور، ولا رسالة نصية، ولا اسم مستخدم.',
    },
    permit: {
      title: 'ما تشاركه باختيارك',
      text: 'جدّد تصريح العمل. عندما تُسأل، اختر البريد الإلكتروني واترك رقم الجوال.',
      look: 'يكتمل الطلب من دون رقم الجوال. وفي أسفل الصفحة، للمطورين، ما تبادلته الخدمة مع هوية.',
    },
    clinic: {
      title: 'دخول واحد',
      text: 'احجز موعدًا في عيادة، واترك كل ما هو باختيارك.',
      look: 'لا يُطلب مفتاح المرور مرة أخرى. ومعرّفك لدى وزارة الصحة غير معرّفك لدى وزارة العمل.',
    },
    account: {
      title: 'صفحتك',
      text: 'انظر ما تشاركه ومع من، ومن اطلع على بياناتك، ونزّل إيصالًا.',
      look: 'الإيصال موقَّع، بلا اسم وبلا قيم. يتحقق منه أي شخص لديه الملف، وإن غيّرت فيه حرفًا ظهر ذلك.',
    },
    withdraw: {
      title: 'سحب الموافقة',
      text: 'اسحب موافقتك على تصاريح العمل من صفحتك. ثم عُد إلى الخدمة.',
      look: 'أُبلغت الخدمة، فحذفت ما لديها، ولم تعد صفحتها تقبل الطلب. اختر «تحديث بياناتي من هوية»: يُرفض في الحال.',
    },
    again: {
      title: 'السؤال من جديد',
      text: 'ادخل إلى تصاريح العمل مرة أخرى، وارفض هذه المرة.',
      look: 'تُسأل من جديد لأن موافقتك سُحبت. وعند الرفض لا يصل إلى الخدمة شيء.',
    },
    notice: {
      title: 'حين يقرر القانون',
      text: 'اطلع على عقد العمل.',
      look: 'هذا إشعار، وليس طلب موافقة: لا زر للقبول، ويُقيَّد أنه أُشعر به.',
    },
    confirm: {
      title: 'موافقة موقَّعة',
      text: 'اطلب زيارة طبيب في المنزل، ووافق. ثم أكّد بمفتاح المرور، ونزّل الإيصال من صفحتك.',
      look: 'الحاجة إلى المساعدة بيان حساس، فلا يكفي زر. يوقّع مفتاحك ما وافقت عليه، ويتحقق من التوقيع كل من لديه الإيصال.',
    },
    counter: {
      title: 'في مكتب التسجيل',
      text: 'سجّل موظف التسجيل فهد العتيبي وافتح المكتب. جد ماريا سانتوس برقمها 2000000006، واكتب جواز سفر، أي جواز صالح، وتاريخ ميلادها: 2 نوفمبر 1984. أكّد أن الاسم فيه اسمها، ثم أكّد بمفتاح فهد. افتح رمز الورقة وسجّل به ماريا. ثم سجّل خروج سارة، وادخل بماريا لإصدار شهادة تطعيم.',
      look: 'تذكر الشهادة الوثيقة التي رآها الموظف، لأن ماريا قرأت ذلك ووافقت. أما من جاء برابط من المشغّل، مثل سارة، فتقول إن وثيقته لم تُفحص.',
    },
    'not-me': {
      title: 'لم أكن أنا',
      text: 'وأنت داخل بماريا، افتح الإشعارات الأمنية في صفحتها. اضغط «لم أكن أنا» عند أحدها، ثم أكّد. بعد ذلك افتح الحالات في المكتب.',
      look: 'أنهت ضغطة واحدة كل الجلسات وجمّدت الهوية، فلا دخول إلى أي خدمة. تُبلَّغ الجهات المعنية، ويجد الموظف حالة لها رقم.',
    },
    recovery: {
      title: 'ضاع كل شيء',
      text: 'سجّل موظفة التسجيل الثانية ليلى الدوسري. يفتح أحدهما استعادة لماريا بذلك الجواز وتاريخ الميلاد، وتنظر الأخرى فيه أيضًا وتكتب ما تراه فيه. اكتب الرمز الذي يظهر لها في صفحة الاستعادة، وأنشئ مفتاحًا جديدًا.',
      look: 'لا يستطيع موظف وحده شيئًا. انتهى كل ما قبلها، ومعه التجميد. وبقيت الموافقات، وتعرف العيادة ماريا بالمعرّف نفسه.',
    },
    visitor: {
      title: 'خدمة ليست للجميع',
      text: 'سجّل خروجك أولًا من إحدى الخدمتين، واختر «الخروج من كل الخدمات» عندما تسألك هوية: تُبلَّغ الخدمتان، وترى أيهما أكّدت. ثم سجّل أمينة ديالو، وهي زائرة، وجدّد بها تصريح العمل، ثم احجز موعدًا في عيادة.',
      look: 'تصاريح العمل للمواطنين والمقيمين، ولا تعلم الخدمة شيئًا عن أمينة. والعيادة للجميع.',
    },
    auditor: {
      title: 'نظرة المدقق',
      text: 'سجّل المدققة، ثم ابحث في السجل عن سحب الموافقة وافتحه.',
      look: 'لا يظهر اسم أحد. لكل قيد إثبات لمكانه في السجل، وما تبحث عنه المدققة مقيَّد أيضًا.',
    },
    verify: {
      title: 'لا تصدّقنا: تحقق',
      text: 'شغّل هذه الأوامر في مجلد المشروع، والملف FILE هو الإيصال الذي نزّلته.',
      look: 'يُعاد حساب السجل كله من قيوده، ويُتحقَّق من الإيصال من دون اتصال بهوية.',
    },
  },
  places: {
    permit: 'تصاريح العمل',
    clinic: 'المواعيد الطبية',
    account: 'صفحتك في هوية',
    contract: 'عقد العمل',
    'home-visit': 'زيارة طبيب في المنزل',
    certificate: 'شهادة التطعيم',
    notices: 'الإشعارات الأمنية',
    cases: 'الحالات في المكتب',
    recoveries: 'الاستعادة في المكتب',
    'recovery-code': 'صفحة رمز الاستعادة',
    audit: 'مكتب المدقق',
    check: 'التحقق من إيصال',
    office: 'المكتب',
  },
};

const en: typeof ar = {
  title: 'A tour of Huwiya',
  lead: 'Fourteen steps in about a quarter of an hour. Everything is on this machine; people and agencies are invented.',
  passkeys:
    'You need a browser with passkeys: by fingerprint, face or screen lock. If you have none, open the developer tools of Chrome, choose WebAuthn, switch on a virtual authenticator, and keep the tools open.',
  look: 'Look at this',
  already: 'This account has a passkey already.',
  noLink: 'There is no link for it now.',
  staff: 'Staff',
  staffLead:
    'Each officer has an account and a passkey apart from the accounts of people. At the office the registrar finds a person by number, writes down the document, and hands over an enrolment code.',
  others: 'Other people',
  linksOnce: 'Each link works once. Every start shows fresh ones here, for accounts that never had a passkey.',
  kinds: {
    citizen: 'citizen',
    resident: 'resident',
    visitor: 'visitor',
    auditor: 'auditor',
    registrar: 'registrar',
    approver: 'approver',
  },
  enrolLink: 'Enrol',
  steps: {
    enrol: {
      title: 'Joining',
      text: 'Open the link of Sara Alqahtani and create a passkey.',
      look: 'No password, no text message, no user name.',
    },
    permit: {
      title: 'Sharing by choice',
      text: 'Renew a work permit. When you are asked, choose the email address and leave out the mobile number.',
      look: 'The request is complete without the number. At the foot of the page, for developers, is what the service and Huwiya said to each other.',
    },
    clinic: {
      title: 'Signing in once',
      text: 'Book a clinic appointment, and leave out everything that is your choice.',
      look: 'No passkey is asked a second time. And the Ministry of Health knows you under another identifier than the Ministry of Labour.',
    },
    account: {
      title: 'Your own page',
      text: 'See what you share and with whom, and who saw your details, and download a receipt.',
      look: 'The receipt is signed and holds no name and no values. Anybody who has the file can check it, and a single changed character shows.',
    },
    withdraw: {
      title: 'Withdrawing consent',
      text: 'Withdraw your consent for work permits on your own page. Then go back to the service.',
      look: 'The service was told, deleted what it held, and takes no application any more. Choose “Refresh my details from Huwiya”: it is refused at once.',
    },
    again: {
      title: 'Being asked again',
      text: 'Sign in to work permits again, and refuse this time.',
      look: 'You are asked again because your consent was withdrawn. When you refuse, nothing reaches the service.',
    },
    notice: {
      title: 'Where the law decides',
      text: 'View your employment contract.',
      look: 'This is a notice and not a request for consent: there is no accept button, and the log says that you were told.',
    },
    confirm: {
      title: 'Consent that you sign',
      text: 'Ask for a doctor at home, and accept. Then confirm with your passkey, and download the receipt from your own page.',
      look: 'Needing support is a sensitive detail, so a button is not enough. Your passkey signs what you agreed to, and whoever has the receipt can check the signature.',
    },
    counter: {
      title: 'At the registration counter',
      text: 'Enrol the registrar Fahad Alotaibi and open the office. Find Maria Santos by her number, 2000000006, and write down a passport, any one that is valid, with her day of birth: 2 November 1984. Say that its name is hers, and confirm with Fahad’s passkey. Open the code of the sheet and enrol Maria with it. Then sign out as Sara, and issue a vaccination certificate as Maria.',
      look: 'The certificate names the document that the officer saw, because Maria read so and agreed. Of whoever came by a link of the operator, such as Sara, it says that none was checked.',
    },
    'not-me': {
      title: 'It was not me',
      text: 'Signed in as Maria, open the security notices on her page. Press “It was not me” at one of them, and confirm. Then open the cases at the office.',
      look: 'One press ended every session and froze the identity: no service is entered any more. The agencies concerned are told, and the officer finds a case with a number.',
    },
    recovery: {
      title: 'When everything is lost',
      text: 'Enrol the second registrar, Laila Aldosari. One of the two opens a recovery for Maria with that passport and day of birth; the other one looks at it too, and writes down what she sees: the same. Type the code that she is shown at the page of recovery, and make a new passkey.',
      look: 'One officer alone can do nothing. Everything of before ended, and the freeze with it. The consents stay, and the clinic knows Maria under the same identifier.',
    },
    visitor: {
      title: 'A service that is not for everybody',
      text: 'First sign out at one of the two services, and choose “Sign out everywhere” when Huwiya asks: both are told, and you see which have confirmed. Then enrol Amina Diallo, a visitor, and renew a work permit with her, then book a clinic appointment.',
      look: 'Work permits are for citizens and residents, and the service learns nothing about Amina. The clinic is for everybody.',
    },
    auditor: {
      title: 'What the auditor sees',
      text: 'Enrol the auditor, then find the withdrawal in the log and open it.',
      look: 'Nobody is named. Each entry has a proof of its place in the log, and what the auditor looks for is an entry too.',
    },
    verify: {
      title: 'Do not believe us: verify',
      text: 'Run these commands in the folder of the project; FILE is the receipt that you downloaded.',
      look: 'The whole log is computed again from its entries, and the receipt is verified without asking Huwiya.',
    },
  },
  places: {
    permit: 'Work permits',
    clinic: 'Clinic appointments',
    account: 'Your page at Huwiya',
    contract: 'Employment contract',
    'home-visit': 'A doctor at home',
    certificate: 'Vaccination certificate',
    notices: 'Security notices',
    cases: 'Cases at the office',
    recoveries: 'Recovery at the office',
    'recovery-code': 'The page for the recovery code',
    audit: 'The auditor’s desk',
    check: 'Check a receipt',
    office: 'The office',
  },
};

export const tourWords = { ar, en } as const satisfies Record<Language, typeof ar>;
