-- A sign-in that was answered until then begins no session: everything under way of the person, or every other session, was ended.

ALTER TABLE people ADD COLUMN sign_ins_since bigint;
