-- How far a list has come that an auditor fetches, for the page that says so on whichever node. No evidence: what left is an entry.
CREATE TABLE audit_export_progress (
  export_id text NOT NULL PRIMARY KEY REFERENCES audit_exports (id),
  step text NOT NULL CHECK (step IN ('prepare', 'send')),
  read_rows bigint NOT NULL CHECK (read_rows >= 0),
  told_at bigint NOT NULL
);
