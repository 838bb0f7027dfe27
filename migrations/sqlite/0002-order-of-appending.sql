-- Events are numbered in the order in which they were appended, which SQLite keeps as rowid: an index on one value holds its rows in that order.

DROP INDEX entries_pending;
CREATE INDEX entries_pending ON entries (log_index) WHERE log_index IS NULL;
