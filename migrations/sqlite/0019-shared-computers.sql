-- Whether a session was begun on a computer that others use: it ends sooner, and its pages show less.

ALTER TABLE sessions ADD COLUMN is_shared integer NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1));
