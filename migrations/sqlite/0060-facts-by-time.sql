-- Answers by how long they took: what took too short or too long is rare.

CREATE INDEX audit_facts_elapsed ON audit_facts (type, elapsed) WHERE elapsed IS NOT NULL;
