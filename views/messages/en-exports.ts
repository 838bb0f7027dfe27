// What an auditor takes away, in English: the words of the evidence pack and of the pages of exports.

export const enExports = {
  'error-export-too-large-title': 'This is more than an evidence pack holds',
  'error-export-too-large-meaning':
    'A pack opens a limited number of entries, so that all of them can be checked. Nothing was exported. Nothing has changed.',
  'error-export-too-large-next': 'Narrow what you ask for: one record, one service, or a shorter period.',
  'pack-title': 'Evidence from the log of Huwiya',
  'pack-lead':
    'This file holds entries of the log of Huwiya with what proves them. Anybody can check it on any computer, without a network.',
  'pack-about': 'About this pack',
  'pack-number': 'Number of the pack',
  'pack-case': 'Case number',
  'pack-recipient': 'Made for',
  'pack-reason': 'Reason',
  'pack-author': 'Made by',
  'pack-author-officer': 'auditor {$ref}',
  'pack-author-service': 'program of an auditor, {$ref}',
  'pack-author-operator': 'the operator of the system',
  'pack-issuer': 'Issuer',
  'pack-created': 'Made at',
  'pack-expires': 'To be destroyed by',
  'pack-size': 'Entries of the log then',
  'pack-rows': 'Entries that met the query',
  'pack-opened': 'Entries opened in this pack',
  'pack-stretch': 'Stretch of the log that it speaks about',
  'pack-stretch-range': 'from entry {$from} to entry {$to}',
  'pack-stretch-none': 'no entry in this period',
  'pack-check': 'How to check it',
  'pack-check-copy': 'You need a computer with Node 22 or newer, and nothing else. Unpack the ZIP file, then type in its folder:',
  'pack-check-key': 'It is safer to take verifier and keys from the issuer’s site, or from somebody independent. Then type:',
  'pack-check-code': 'If all is well, the last line is VALID and the exit code 0. Otherwise it is NOT VALID, and the code names the fault.',
  'pack-shows': 'What it proves',
  'pack-shows-entries': 'Each opened entry stands in the log word for word, and the key of the log signed that log.',
  'pack-shows-notices': 'Each text in the folder notices is what stood on the screen: its digest is in the entry.',
  'pack-shows-versions': 'No version of a sharing record is missing between the first and the last one shown.',
  'pack-shows-stretch': 'The file of leaves holds all entries of the stretch: none was left out, and none added.',
  'pack-shows-all': 'Every entry that meets the query is shown: all of the stretch is open, and you can repeat the query.',
  'pack-not': 'What it does not prove',
  'pack-not-closed':
    'It does not prove that closed entries do not meet the query. The issuer says so and signed it. A court can order any of them opened, by its number.',
  'pack-not-counted':
    'The stretch is too long to list its entries. That no other entry meets the query is signed by the issuer, and not proven.',
  'pack-not-written': 'It does not prove that what was never written into the log did not happen.',
  'pack-not-fork':
    'It does not prove that nobody was shown another form of the log. Independent witnesses do, or a checkpoint that you kept before.',
  'pack-not-person': 'It names no person. Each entry has a mask of its own, so that nobody can tell whether two are of one person.',
  'pack-not-values': 'It holds no value of any detail: no name, number or address, only what the details are called.',
  'pack-not-words':
    'The words of a purpose in both languages come from the register; no entry holds their digest. What was shown is in the folder notices.',
  'pack-files': 'What is in the pack',
  'pack-file-manifest': 'who made it, why and for whom; the digest of each file; the signature of the issuer',
  'pack-file-entries': 'the opened entries, each with its proof',
  'pack-file-records': 'versions of sharing records, and the digests of their receipts',
  'pack-file-notices': 'what stood on the screen before a decision',
  'pack-file-completeness': 'counts: what is opened and what is left closed, by day and by record',
  'pack-file-proofs': 'the entries of the stretch, closed, and the proof that they are all',
  'pack-file-keys': 'the signed checkpoint, and the keys',
  'pack-receipts-withheld':
    'The receipts themselves are not included: they hold the number by which a service knows the person. Their digests are here to compare with.',
  'pack-receipts-included':
    'The receipts are included, and hold the number by which a service knows the person. Treat this pack as data of that person.',
} as const;
