-- Requests for authorization that were begun and left lying go when their time is over, and not a day later as tokens do: the way to them (ADR-0081).
CREATE INDEX artefacts_requests ON artefacts (expires_at) WHERE model = 'Interaction';
