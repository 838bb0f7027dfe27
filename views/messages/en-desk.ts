// The first page of the auditor's desk, in English.

export const enDesk = {
  'desk-waiting': 'Waits for you',
  'desk-waiting-none': 'Nothing waits for your decision.',
  'desk-waiting-unmask': 'Unmask somebody',
  'desk-waiting-breach': 'Make a list of people to tell',
  'desk-waiting-export': 'Take a file out of the case',
  'desk-waiting-by': '{#name /} asked, {#time /}',
  'desk-waiting-until': 'until {#date /}',
  'desk-cases': 'Your cases',
  'desk-cases-none': 'You have no open case.',
  'desk-cases-all': 'All cases',
  'desk-found': 'Found without asking',
  'desk-found-none': 'Nothing was found',
  'desk-found-about': 'In the last {$days} days. Counted on {#time /}.',
  'desk-found-going': 'It is being counted. The page of anomalies shows it.',
  'desk-found-all': 'All rules and findings',
  'desk-saved': 'Your saved searches',
  'desk-saved-all': 'All saved searches',
} as const;
