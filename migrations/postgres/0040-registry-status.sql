-- What the registry said last about the status of a person, so that only what it says anew is applied.

ALTER TABLE people ADD COLUMN registry_status text;
