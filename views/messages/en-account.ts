// The four places of the own page, in English: what happened, passkeys and sessions.

const places = {
  'place-activity': 'Activity',
  'place-receipts': 'Receipts',
  'place-security': 'Security',
  'account-all-activity': 'All activity',
  'account-manage-security': 'Manage passkeys and sessions',
} as const;

const activity = {
  'activity-released':
    '.input {$count :integer} .match $count one {{{$count} detail went to {$agency}}} * {{{$count} details went to {$agency}}}',
  'activity-given': 'You gave consent to the service {$service}',
  'activity-notified': 'You were shown the notice of the service {$service}',
  'activity-refused': 'You refused the request of the service {$service}',
  'activity-withdrawn': 'You withdrew your consent from the service {$service}',
  'activity-signed-in': 'You signed in to the service {$service}',
  'activity-over-asked': 'Over-ask by {$agency}',
  'activity-over-asked-text': 'These details were not sent, because they are beyond the registered purpose.',
  'activity-refreshed': 'The service {$service} renewed its access while you were away',
  'activity-session-started': 'You signed in with a passkey',
  'activity-session-ended': 'One of your sessions ended',
  'activity-passkey-added': 'A passkey was added',
  'activity-invited': 'A link to create a passkey was made',
  'activity-looked-up': 'A registration officer looked you up at a counter',
  'activity-status-changed': 'Your status changed',
  'activity-title': 'Who saw your data?',
  'activity-lead': 'Every share, every over-ask, every decision of yours, and every sign-in in your name.',
  'activity-filter-service': 'Service',
  'activity-filter-kind': 'Kind',
  'activity-all-services': 'All services',
  'activity-all-kinds': 'All kinds',
  'activity-group-shared': 'Details shared',
  'activity-group-decided': 'Your decisions',
  'activity-group-over-asked': 'Over-asks',
  'activity-group-entered': 'Signing in and out',
  'activity-group-access': 'Passkeys and status',
  'activity-show': 'Show',
  'activity-none': 'Everything that happens to your data appears here, from your first sign-in to a service.',
  'activity-none-found': 'Nothing of this kind. You can choose all services and all kinds.',
  'activity-pages': 'Pages of your activity',
  'activity-older': 'Older',
  'activity-newest': 'Newest',
} as const;

const security = {
  'security-lead': 'The passkeys that open your page, and the devices you are signed in on.',
  'security-passkey-added': 'The passkey was added. You can sign in with it from now on.',
  'security-session-ended': 'The session has ended. That device opens nothing in your name without a passkey.',
  'sessions-title': 'Open sessions',
  'session-this': 'this session',
  'session-began': 'Began {#date /}',
  'session-used': 'Last active {#date /}',
  'session-reached': 'Open in: {$services}',
  'session-reached-none': 'Open on your page only',
  'session-end': 'End session',
  'sessions-end': 'End all sessions',
  'sessions-end-text': 'This signs you out on every device, this one too.',
  'sessions-times': 'A session ends by itself after {$idle} without use, and in any case after {$longest}.',
  'sessions-ask-strange': 'A session you do not know',
  'sessions-say-strange':
    'End it, and it stops at once. Then look at the passkeys above. If one of them is not yours, tell a registration office.',
  'device-known': '{$browser} on {$system}',
  'device-browser': 'A browser',
  'device-unknown': 'Unknown kind of device',
} as const;

export const enAccount = { ...places, ...activity, ...security } as const;
