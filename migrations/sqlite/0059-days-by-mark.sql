-- Counts of days are asked for one mark at a time, or for all together: a mark's days stand side by side.

CREATE TABLE audit_days_by_mark (
  mark integer NOT NULL,
  day integer NOT NULL,
  type integer NOT NULL,
  service integer NOT NULL,
  purpose integer NOT NULL,
  purpose_version integer NOT NULL,
  n integer NOT NULL,
  PRIMARY KEY (mark, day, type, service, purpose, purpose_version)
) STRICT, WITHOUT ROWID;
INSERT INTO audit_days_by_mark (mark, day, type, service, purpose, purpose_version, n)
  SELECT mark, day, type, service, purpose, purpose_version, n FROM audit_days;
DROP TABLE audit_days;
ALTER TABLE audit_days_by_mark RENAME TO audit_days;
