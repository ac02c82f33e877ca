-- Certificates, intents and signatures (chứng thư số, chữ ký số). Run by the owner.

-- ── certificates: whose they are is said by an administrator, once; one that ends is ended by a row ─────

CREATE TABLE certificate (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purpose        varchar NOT NULL CHECK (purpose IN ('officer','seal')),
    office_id      integer REFERENCES office,
    unit_id        integer NOT NULL REFERENCES unit,
    der            bytea NOT NULL,
    digest         bytea NOT NULL,
    subject        varchar NOT NULL,
    issuer         varchar NOT NULL,
    serial         varchar NOT NULL,         -- in hex, as a CRL names it
    valid_from     timestamptz NOT NULL,
    valid_to       timestamptz NOT NULL,
    chain          bytea[] NOT NULL DEFAULT '{}',  -- between it and its root, the nearest first
    store          varchar NOT NULL CHECK (store IN ('local','token')),
    registered_by  integer NOT NULL REFERENCES office,
    at             timestamptz NOT NULL,
    CONSTRAINT certificate_digest_key UNIQUE (digest),
    CONSTRAINT certificate_purpose_key UNIQUE (id, purpose),
    CONSTRAINT certificate_is_its_digest CHECK (digest = sha256(der)),
    CONSTRAINT certificate_whose CHECK ((purpose = 'officer') = (office_id IS NOT NULL)),
    CONSTRAINT certificate_days CHECK (valid_to > valid_from)
);
CREATE INDEX certificate_office_idx ON certificate (office_id) WHERE office_id IS NOT NULL;
CREATE INDEX certificate_unit_idx ON certificate (unit_id, purpose);

CREATE TABLE certificate_end (
    certificate_id  integer PRIMARY KEY REFERENCES certificate,
    at              timestamptz NOT NULL,
    reason          varchar NOT NULL CHECK (length(trim(reason)) > 0),
    office_id       integer NOT NULL REFERENCES office
);

-- The key, encrypted under a passphrase that is kept nowhere. The one thing here that is destroyed: with its certificate.
CREATE TABLE keystore (
    certificate_id  integer PRIMARY KEY REFERENCES certificate,
    pkcs12          bytea NOT NULL
);

-- ── what somebody was about to sign, written before it was signed ───────────────────────────────────────

CREATE TABLE signing_intent (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_id      bigint NOT NULL REFERENCES document,
    revision_id      bigint NOT NULL,
    seq              integer NOT NULL,       -- the step that he was looking at
    purpose          varchar NOT NULL,
    office_id        integer NOT NULL REFERENCES office,
    certificate_id   integer NOT NULL,
    prepared_digest  bytea NOT NULL REFERENCES file,
    content_digest   bytea NOT NULL,
    nonce            bytea NOT NULL,         -- SHA-256 of the secret that names it outside
    at               timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    CONSTRAINT signing_intent_nonce_key UNIQUE (nonce),
    CONSTRAINT signing_intent_whole_key UNIQUE (id, document_id, purpose, certificate_id, content_digest),
    CONSTRAINT signing_intent_content_fkey FOREIGN KEY (revision_id, content_digest) REFERENCES revision (id, digest),
    CONSTRAINT signing_intent_certificate_fkey FOREIGN KEY (certificate_id, purpose) REFERENCES certificate (id, purpose),
    CONSTRAINT signing_intent_ends CHECK (expires_at > at)
);
CREATE INDEX signing_intent_document_idx ON signing_intent (document_id);

-- What went out to a token is handed out once.
CREATE TABLE signing_download (
    intent_id  bigint PRIMARY KEY REFERENCES signing_intent,
    at         timestamptz NOT NULL
);

-- ── what a step was signed with ─────────────────────────────────────────────────────────────────────────

CREATE TABLE signature (
    document_id     bigint NOT NULL,
    seq             integer NOT NULL,
    purpose         varchar NOT NULL CHECK (purpose IN ('officer','seal')),
    intent_id       bigint NOT NULL,
    certificate_id  integer NOT NULL,
    file_digest     bytea NOT NULL REFERENCES file,
    content_digest  bytea NOT NULL,
    signed_at       timestamptz NOT NULL,
    timestamp_at    timestamptz,
    level           varchar NOT NULL CHECK (level IN ('B-B','B-T','B-LT')),
    PRIMARY KEY (document_id, seq, purpose),
    CONSTRAINT signature_intent_key UNIQUE (intent_id),
    CONSTRAINT signature_step_fkey FOREIGN KEY (document_id, seq) REFERENCES step (document_id, seq),
    CONSTRAINT signature_intent_fkey FOREIGN KEY (intent_id, document_id, purpose, certificate_id, content_digest)
        REFERENCES signing_intent (id, document_id, purpose, certificate_id, content_digest),
    CONSTRAINT signature_stamped CHECK ((timestamp_at IS NULL) = (level = 'B-B'))
);
CREATE INDEX signature_certificate_idx ON signature (certificate_id);
CREATE INDEX signature_file_idx ON signature (file_digest);

-- An office (cơ quan) that asks a signature by certificate of whoever signs for it, and a seal of what it sends.
ALTER TABLE unit ADD COLUMN signature_required boolean NOT NULL DEFAULT false;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['certificate','certificate_end','signing_intent','signing_download','signature']
    LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
                       t || '_kept', t);
    END LOOP;
END $$;

GRANT SELECT, INSERT ON certificate, certificate_end, keystore, signing_intent, signing_download, signature
    TO dondoc_program;
GRANT UPDATE (pkcs12), DELETE ON keystore TO dondoc_program;
GRANT UPDATE (signature_required) ON unit TO dondoc_program;
