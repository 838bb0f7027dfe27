-- What stands with a service, to end it with the service.

CREATE INDEX consents_service ON consents (client_id, id) WHERE state IN ('given', 'notified', 'paused');
