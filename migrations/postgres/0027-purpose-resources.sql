-- What a service may do at resource servers for a person, in the words that people are told. Empty in older rows: nothing.

ALTER TABLE purposes ADD COLUMN resources text;
