-- What a purpose says beyond its text: the ground by kind of person, recipients, place and terms of access. Empty in older rows: as in a silent file.

ALTER TABLE purposes ADD COLUMN law_text text;
ALTER TABLE purposes ADD COLUMN basis_by_kind text;
ALTER TABLE purposes ADD COLUMN code text;
ALTER TABLE purposes ADD COLUMN recipients text;
ALTER TABLE purposes ADD COLUMN storage text;
ALTER TABLE purposes ADD COLUMN terms text;
ALTER TABLE purposes ADD COLUMN dpia_ref text;
