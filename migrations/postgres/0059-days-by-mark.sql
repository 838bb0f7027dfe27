-- Counts of days are asked for one mark at a time, or for all together: a mark's days stand side by side.

ALTER TABLE audit_days DROP CONSTRAINT audit_days_pkey;
ALTER TABLE audit_days ADD PRIMARY KEY (mark, day, type, service, purpose, purpose_version);
