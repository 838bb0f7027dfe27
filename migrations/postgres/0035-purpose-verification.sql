-- What a service may be told of how a person's identity was checked. Empty in older rows: nothing.

ALTER TABLE purposes ADD COLUMN verification text;
