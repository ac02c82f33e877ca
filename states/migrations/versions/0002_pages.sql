-- What the web pages need. Run by the owner, like 0001; the program owns nothing here either.

-- ── signing in ──────────────────────────────────────────────────────────────────────────────────────────

-- One account a person. The password is argon2's own string; NULL for those who only come by an identity provider.
CREATE TABLE account (
    person_id        integer PRIMARY KEY REFERENCES person,
    name             varchar NOT NULL,
    password         varchar,
    must_change      boolean NOT NULL DEFAULT true,
    changed_at       timestamptz NOT NULL,
    totp_secret      bytea,              -- encrypted with the key of the machine; NULL: no second factor
    totp_since       timestamptz,        -- when its first code was shown; NULL: not confirmed, not in force
    totp_last        bigint,             -- the time step of the last accepted code: none is accepted twice
    closed_at        timestamptz,
    created_at       timestamptz NOT NULL,
    CONSTRAINT account_name_key UNIQUE (name),
    CONSTRAINT account_name CHECK (name = lower(name) AND length(name) BETWEEN 1 AND 200)
);

-- A person as an identity provider knows him (OIDC: iss and sub).
CREATE TABLE identity (
    issuer      varchar NOT NULL,
    subject     varchar NOT NULL,
    person_id   integer NOT NULL REFERENCES person,
    at          timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- The cookie holds a secret, this table its SHA-256. `office_id` is the office that the person acts in.
CREATE TABLE web_session (
    id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest            bytea NOT NULL,
    person_id         integer NOT NULL REFERENCES person,
    office_id         integer REFERENCES office,
    opened_at         timestamptz NOT NULL,
    seen_at           timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    ended_at          timestamptz,
    second_factor_at  timestamptz,       -- the last code that was right in this session
    agent             varchar NOT NULL DEFAULT '',
    address           varchar NOT NULL DEFAULT '',
    CONSTRAINT web_session_digest_key UNIQUE (digest)
);
CREATE INDEX web_session_person_idx ON web_session (person_id) WHERE ended_at IS NULL;

-- Tries that failed, by account name and by address; counted over a window, cleared by age.
CREATE TABLE attempt (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key   varchar NOT NULL,
    at    timestamptz NOT NULL
);
CREATE INDEX attempt_idx ON attempt (key, at);

-- An office (cơ quan) that wants a second factor from whoever signs for it.
ALTER TABLE unit ADD COLUMN totp_to_sign boolean NOT NULL DEFAULT false;

-- ── what a person chose: language, notices by topic ─────────────────────────────────────────────────────

CREATE TABLE preference (
    person_id  integer NOT NULL REFERENCES person,
    name       varchar NOT NULL,
    value      jsonb NOT NULL,
    PRIMARY KEY (person_id, name)
);

-- ── talk about a document that moves nothing ────────────────────────────────────────────────────────────

ALTER TABLE note ADD COLUMN answers bigint REFERENCES note;
ALTER TABLE note ADD COLUMN revision_id bigint REFERENCES revision;
ALTER TABLE note ADD CONSTRAINT note_answers CHECK ((kind = 'answer') = (answers IS NOT NULL));
ALTER TABLE note ADD CONSTRAINT note_promised CHECK (promised IS NULL OR kind = 'call');
CREATE INDEX note_answers_idx ON note (answers) WHERE answers IS NOT NULL;
CREATE INDEX note_at_idx ON note (at);

-- ── runs that show how far they are; written by short transactions of their own while the work goes on ──

CREATE TABLE running (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    flow      varchar NOT NULL,
    plan_id   bigint REFERENCES document,
    words     varchar NOT NULL DEFAULT '',
    done      integer NOT NULL DEFAULT 0,
    total     integer NOT NULL DEFAULT 0,
    began_at  timestamptz NOT NULL,
    beat_at   timestamptz NOT NULL,
    ended_at  timestamptz,
    outcome   varchar CHECK (outcome IN ('done','failed')),
    error     varchar,
    CONSTRAINT running_ended CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX running_now_idx ON running (plan_id) WHERE ended_at IS NULL;
CREATE INDEX running_began_idx ON running (began_at);

-- The journal (nhật ký) by what seldom happens; the usual steps are found by their time.
CREATE INDEX step_rare_idx ON step (action, at)
    WHERE action NOT IN ('open','present','sign','submit','receive','consolidate');

GRANT SELECT, INSERT ON account, identity, web_session, attempt, preference, running TO dondoc_program;
GRANT UPDATE (name, password, must_change, changed_at, totp_secret, totp_since, totp_last, closed_at)
    ON account TO dondoc_program;
GRANT UPDATE (office_id, seen_at, expires_at, ended_at, second_factor_at) ON web_session TO dondoc_program;
GRANT UPDATE (totp_to_sign) ON unit TO dondoc_program;
GRANT UPDATE (value) ON preference TO dondoc_program;
GRANT UPDATE (words, done, total, beat_at, ended_at, outcome, error) ON running TO dondoc_program;
GRANT DELETE ON attempt, identity, preference TO dondoc_program;
