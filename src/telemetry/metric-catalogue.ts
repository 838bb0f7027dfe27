// Every number that a node gives to whoever watches it: its name, its kind, the labels it is told apart by, and what it says. The one list that the listener,
// the reference, the alert rules and the dashboard go by. A label takes its values from a list of ours, never from what was sent; none is about a person.

export type MetricKind = 'gauge' | 'counter' | 'histogram';

export type MetricRow = { readonly kind: MetricKind; readonly labels: readonly string[]; readonly help: string };

const gauge = (help: string, ...labels: readonly string[]): MetricRow => ({ kind: 'gauge', labels, help });
const counter = (help: string, ...labels: readonly string[]): MetricRow => ({ kind: 'counter', labels, help });

export const metricCatalogue = {
  huwiya_build_info: gauge('1; the label says which version runs.', 'version'),
  huwiya_ready: gauge('1 while /readyz answers 200.'),
  huwiya_answers_total: counter('Answers, by the first part of the address and the class of their status.', 'area', 'status'),
  huwiya_answer_seconds: { kind: 'histogram', labels: ['area'], help: 'How long answers took, from the request to the answer.' },
  huwiya_sign_in_steps_total: counter(
    'How far sign-ins came: pushed, asked, signed-in, decided, confirmed, code, tokens. Those at pages of our own count too.',
    'step',
  ),
  huwiya_refusals_total: counter('Requests that were refused, by the code of the catalogue of errors or of OAuth.', 'code'),
  huwiya_faults_total: counter('Log lines about faults that need somebody, by their code; beside requests too.', 'code'),
  huwiya_store_writable: gauge('1 where the database could be written just now.'),
  huwiya_store_write_seconds: gauge('How long that took.'),
  huwiya_store_bytes: gauge('Of a SQLite database: the size of its file, and of what was not yet carried over into it (wal).', 'file'),
  huwiya_store_free_bytes: gauge('Of a SQLite database: what is free on its disk.'),
  huwiya_log_entries: gauge('Entries under the newest checkpoint.'),
  huwiya_log_pending_seconds: gauge('How long the oldest event has waited for its number.'),
  huwiya_log_unwitnessed_entries: gauge('Entries that too few witnesses have seen.'),
  huwiya_log_unwitnessed_seconds: gauge('Since when there have been such entries; 0 for none.'),
  huwiya_witness_contradicts: gauge('1 where a witness holds another history of the log, or a longer one.', 'witness'),
  huwiya_log_verified_timestamp_seconds: gauge('When the last verification of the whole log ended.'),
  huwiya_log_verified_entries: gauge('Entries that it covered.'),
  huwiya_log_verified_faults: gauge('Faults that it found; anything but 0 is an alarm.'),
  huwiya_outbox_waiting: gauge('Messages that wait to leave, letters among them.'),
  huwiya_outbox_dead: gauge('Messages that were given up and not sent again.'),
  huwiya_outbox_oldest_seconds: gauge('How long the oldest message has waited; 0 where none does.'),
  huwiya_token_key_age_seconds: gauge('How long the key that signs tokens has done so.', 'alg'),
  huwiya_token_key_rotation_timestamp_seconds: gauge('When the keys of tokens are rotated next.'),
  huwiya_certificate_end_timestamp_seconds: gauge(
    'When a certificate of a listener ends, its chain included; absent where a proxy ends TLS.',
    'listener',
  ),
  huwiya_event_loop_delay_seconds: gauge('The longest time since the last look in which the node could do nothing else.'),
  process_cpu_seconds_total: counter('CPU time of the process.'),
  process_resident_memory_bytes: gauge('Memory of the process.'),
  process_start_time_seconds: gauge('When the process started.'),
} as const satisfies Readonly<Record<string, MetricRow>>;

export type MetricName = keyof typeof metricCatalogue;
