-- Which kind of person decided, and with which level of sign-in: when either no longer fits, the person is asked anew.
-- Records of before are taken as made by the kind that the person is now, at the lower level.

ALTER TABLE consents ADD COLUMN person_kind text NOT NULL DEFAULT 'citizen';
ALTER TABLE consents ADD COLUMN level text NOT NULL DEFAULT 'substantial';
UPDATE consents SET person_kind = (SELECT kind FROM people WHERE people.id = consents.person_id);
