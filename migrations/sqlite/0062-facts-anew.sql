-- What questions are answered from is made anew of the log: the rules by which entries are judged have changed, and a fact of the old ones would differ.

DELETE FROM audit_marks;
DELETE FROM audit_days;
DELETE FROM audit_blocks;
DELETE FROM audit_ceremonies;
DELETE FROM audit_facts;
DELETE FROM audit_terms;
