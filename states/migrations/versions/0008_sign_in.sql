-- A code of the second factor asked at the door: by choice of an account, or of everybody who works in a unit.

ALTER TABLE account ADD COLUMN totp_to_enter boolean NOT NULL DEFAULT false;
ALTER TABLE unit ADD COLUMN totp_to_enter boolean NOT NULL DEFAULT false;

-- A token signs for its person only where he gave it that right himself, with a code of his second factor.
ALTER TABLE token ADD COLUMN may_sign boolean NOT NULL DEFAULT false;

GRANT UPDATE (totp_to_enter) ON account, unit TO dondoc_program;
