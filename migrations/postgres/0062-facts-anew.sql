-- What questions are answered from is made anew of the log: the rules by which entries are judged have changed, and a fact of the old ones would differ.

TRUNCATE audit_marks, audit_days, audit_blocks, audit_ceremonies, audit_facts, audit_terms;
