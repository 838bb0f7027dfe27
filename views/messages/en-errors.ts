// Errors in English: what happened, what it means for the person's data, what to do. Never a code, never blame.

import { enAuditApi } from './en-audit-api.ts';
import { enLimits } from './en-limits.ts';

export const enErrors = {
  ...enAuditApi,
  ...enLimits,
  'error-next': 'What you can do',
  'error-repeats': 'If it happens again, give the reference number below to a registration office.',
  'error-reference': 'Reference number',
  'error-time': 'Time',
  'error-back': 'Back to {$name}',
  'error-served': '{$name} is for: {$kinds}.',

  'error-request-invalid-title': 'We could not read this request',
  'error-request-invalid-meaning': 'The request was incomplete or not in the form we expect. None of your details were shared.',
  'error-request-invalid-next': 'Go back to the page before and start again.',

  'error-wrong-host-title': 'This is not the address of Huwiya',
  'error-wrong-host-meaning': 'The request named another site, so we stopped it. None of your details were shared.',
  'error-wrong-host-next': 'Type the right address of Huwiya, or start from the site of the agency.',

  'error-cross-site-title': 'This request came from another site',
  'error-cross-site-meaning':
    'We accept decisions from our own pages only, so we stopped it to protect you. Nothing was shared or changed.',
  'error-cross-site-next': 'Open the page again and confirm your decision there.',

  'error-form-outdated-title': 'This page is out of date',
  'error-form-outdated-meaning':
    'After you opened it, you or somebody else signed in, or it was not complete. Nothing was shared or changed.',
  'error-form-outdated-next': 'Open the page again and confirm there.',

  'error-not-found-title': 'There is no page at this address',
  'error-not-found-meaning': 'The address may be incomplete, or the page has moved. None of your details were shared.',
  'error-not-found-next': 'Check the address, or start from the first page.',

  'error-interaction-expired-title': 'This page no longer works',
  'error-interaction-expired-meaning':
    'It was answered before, it was open for more than 10 minutes, or your browser’s cookies were cleared. Nothing was shared from it now.',
  'error-interaction-expired-next': 'Go back to the service of the agency and start again. All your decisions are on your page.',

  'error-session-changed-title': 'This page belongs to an earlier sign-in',
  'error-session-changed-meaning':
    'After it was opened, somebody else signed in in this browser, or that sign-in ended. Nothing was shared from it.',
  'error-session-changed-next': 'Go back to the service of the agency and start again. What you decided before is on your page.',

  'error-interaction-stale-title': 'This page was already answered',
  'error-interaction-stale-meaning':
    'The decision was sent twice, or the request changed while you read it. At most the first decision was kept.',
  'error-interaction-stale-next': 'Go back to the service of the agency and start again. All your decisions are on your page.',

  'error-session-ended-title': 'You are no longer signed in',
  'error-session-ended-meaning':
    'Your time ran out, you signed out on another page, or your identity was closed to use. Your details are safe and none were shared.',
  'error-session-ended-next': 'Sign in again with your passkey. If it is not accepted, ask a registration office.',

  'error-session-too-old-title': 'Show your passkey once more',
  'error-session-too-old-meaning':
    'For your safety we ask for it when more than five minutes have passed. You are still signed in, and nothing was changed.',
  'error-session-too-old-next':
    'You are still signed in. After more than five minutes we ask for your passkey again, and then you go on here. Nothing was added yet.',

  'error-service-unknown-title': 'This service is not in our register',
  'error-service-unknown-meaning': 'The site that sent you here is not registered, or it was suspended. None of your details were shared.',
  'error-service-unknown-next': 'Check the address of that site. Enter nothing there until you are sure.',

  'error-service-refused-title': 'We refused the request of this service',
  'error-service-refused-meaning':
    'The service asked for something that the rules do not allow. It is not your mistake, and nothing was shared.',
  'error-service-refused-next': 'Give the agency the reference number below. Its developers can find the cause with it.',

  'error-not-for-you-title': 'This service is for another group',
  'error-not-for-you-meaning':
    'The agency registered its service for certain groups, such as citizens or residents. None of your details were shared.',
  'error-not-for-you-next': 'Ask the agency which of its services is for you.',

  'error-level-too-low-title': 'This service needs a stronger check',
  'error-level-too-low-meaning': 'The passkey you used is not enough for this service. None of your details were shared.',
  'error-level-too-low-next': 'Use a passkey that is bound to one device, or get a suitable one at a registration office.',

  'error-enrolment-link-title': 'This link or code does not work',
  'error-enrolment-link-meaning':
    'It was used before, it has expired, there is a newer one, or it is mistyped. No passkey was created now.',
  'error-enrolment-link-next':
    'Check how it is written, or ask the registration office for a new one. If you have just created your passkey with it, sign in with that. If somebody else used it, tell the office.',

  'error-passkey-expired-title': 'The time to confirm ran out',
  'error-passkey-expired-meaning': 'More than 5 minutes passed, or the page was open twice. None of your details were shared.',
  'error-passkey-expired-next': 'Try again from this page.',

  'error-passkey-refused-title': 'The passkey was not accepted',
  'error-passkey-refused-meaning': 'We could not verify this passkey. None of your details were shared.',
  'error-passkey-refused-next':
    'Try again, or use another passkey. If your identity is frozen, lift the freeze first. If you have no other passkey, a registration office gives you access again.',

  'error-address-too-long-title': 'The request of the service is too long',
  'error-address-too-long-meaning':
    'The service sent more than an address can carry. It is not your mistake, and none of your details were shared.',
  'error-address-too-long-next': 'Go back to the service, and give the agency the reference number below.',

  'error-another-person-title': 'This passkey belongs to another person',
  'error-another-person-meaning':
    'The service is waiting for the person who began to use it, and this passkey is somebody else’s. Nobody was signed in, and nothing was shared.',
  'error-another-person-next': 'Use the passkey of that person, or go back to the service and begin there anew.',

  'error-passkey-suspended-title': 'We stopped this passkey to protect you',
  'error-passkey-suspended-meaning':
    'Somebody else may hold a copy of it. It opens nothing any more, and the sessions that began with it have ended. Nothing was shared just now.',
  'error-passkey-suspended-next':
    '“It was not me” in the notice by email stops everything, and so does your printed freeze code. To go on, sign in with another passkey. If you have none, a registration office gives you access again.',

  'error-passkey-registered-title': 'This passkey is already registered',
  'error-passkey-registered-meaning': 'Nothing was added, and your other passkeys are as they were.',
  'error-passkey-registered-next': 'Sign in with this passkey, or add one on another device.',

  'error-unavailable-title': 'The service is not available now',
  'error-unavailable-meaning': 'We could not enter your request in the log, so we did not carry it out. Nothing was shared or changed.',
  'error-unavailable-next': 'Try again in a few minutes.',

  'error-internal-title': 'We could not complete your request',
  'error-internal-meaning': 'Something failed on our side; it is not your mistake. The decisions you made before have not changed.',
  'error-internal-next': 'Try again in a few minutes.',

  'error-too-large-title': 'This request is too large',
  'error-too-large-meaning': 'We stopped the request before reading it. Nothing was shared or changed.',
  'error-too-large-next': 'Go back to the page before and send less.',

  'error-method-title': 'This page cannot be opened this way',
  'error-method-meaning': 'The address is right, but the request came in a way we do not accept. None of your details were shared.',
  'error-method-next': 'Open the page by its link, or start from the service of the agency.',

  'error-consent-not-found-title': 'There is nothing at this address on your page',
  'error-consent-not-found-meaning':
    'The link may belong to someone else, or to a service you share nothing with. Nothing was shown or changed.',
  'error-consent-not-found-next': 'Open your page and choose the service or receipt there.',

  'error-consent-required-title': 'The service needs this detail',
  'error-consent-required-meaning': 'A needed detail cannot be taken out of a consent by itself. Nothing was changed.',
  'error-consent-required-next': 'If you no longer wish to share it, withdraw the whole consent on the page of the service.',

  'error-consent-state-title': 'This is not possible with this consent now',
  'error-consent-state-meaning': 'The consent ended, ran out or was paused meanwhile, or the law decides about it. Nothing was changed.',
  'error-consent-state-next': 'Open the page of the service on your own page. It shows how the consent stands now.',

  'error-consent-purpose-title': 'The service changed what it asks for',
  'error-consent-purpose-meaning':
    'The consent you paused is for what the service asked for before. It stays paused, and nothing is shared.',
  'error-consent-purpose-next': 'Visit the service again. It shows you what changed, and you decide.',

  'error-choice-changed-title': 'A choice that was not on the page',
  'error-choice-changed-meaning':
    'The answer named a detail the service does not ask for, so we did not keep it. None of your details were shared.',
  'error-choice-changed-next':
    'Go back to the service of the agency and start again. Browser extensions can change pages, so switch them off.',

  'error-purpose-unknown-title': 'The service named a purpose that is not registered',
  'error-purpose-unknown-meaning': 'Details are shared only for a purpose in the register. None of yours were shared.',
  'error-purpose-unknown-next': 'Give the agency the reference number below. Nothing else is needed from you.',

  'error-trace-unknown-title': 'There is no such request',
  'error-trace-unknown-meaning': 'It is older than 14 days, was not kept, or was not a request of your services.',
  'error-trace-unknown-next': 'Check the number letter by letter. It is in the header of the answer and on the page that the person saw.',

  'error-log-broken-title': 'We stopped the service to protect the log',
  'error-log-broken-meaning':
    'Something in the log must be examined, and we carry out nothing until then. None of your details were shared.',
  'error-log-broken-next': 'Try again in some hours. If it is urgent, go to the agency directly.',

  'error-conflict-title': 'Another decision came first',
  'error-conflict-meaning': 'A decision from another page or device arrived first, and that one was kept. This one was not.',
  'error-conflict-next': 'Open your page to see what was kept, then decide again if you need to.',

  'error-store-unavailable-title': 'The service does not answer now',
  'error-store-unavailable-meaning': 'We could not save your request, so we did not carry it out. Nothing was shared or changed.',
  'error-store-unavailable-next': 'Try again in a minute.',

  'error-return-address-title': 'The way back to the service is not registered',
  'error-return-address-meaning':
    'The site named an address that is not in the register, so we stopped it to protect you. None of your details were shared.',
  'error-return-address-next': 'Start from the official site of the agency. If that is where you were, give it the reference number below.',

  'error-sign-out-refused-title': 'Huwiya cannot sign you out with this request',
  'error-sign-out-refused-meaning':
    'You are still signed in, and nothing was shared. The request of the service breaks a rule, so you were not sent back to it.',
  'error-sign-out-refused-next': 'Open your page and choose “Sign out”. Then sign out at the service itself too.',
} as const;
