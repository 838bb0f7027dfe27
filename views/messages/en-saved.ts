// Searches that auditors keep, in English.

export const enSaved = {
  'saved-title': 'Saved searches',
  'saved-lead-own': 'Searches that you saved. Nobody else sees them here.',
  'saved-lead-case': 'Searches of this case. Every member sees them and can ask them again.',
  'saved-none': 'Nothing is saved yet. Ask a question or search entries, and save the search below its answer.',
  'saved-by': 'Saved by {#name /}, {#time /}',
  'saved-ask': 'Ask again now',
  'saved-ask-as-of': 'As the log stood at {#size /} entries',
  'saved-remove': 'Remove',
  'saved-remove-one': 'Remove “{$name}”',
  'saved-keep-title': 'Save this search',
  'saved-keep': 'Save',
  'saved-name': 'Name',
  'saved-name-hint': 'Write no name or number of a person. The search is saved, and the answer is not.',
  'saved-refused': 'Nothing was saved',
  'saved-problem-name': 'Write a name of up to 80 characters.',
  'saved-problem-name-person': 'The name holds a row of digits that could be somebody’s number. Leave it out.',
  'saved-problem-full': 'There are 100 saved searches here already. Remove one first.',
} as const;
