-- Whether the service may come back while the person is away stands in the record; those from before say no.

ALTER TABLE consents ADD COLUMN is_offline boolean NOT NULL DEFAULT false;
