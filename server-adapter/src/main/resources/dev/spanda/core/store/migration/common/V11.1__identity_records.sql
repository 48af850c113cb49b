-- Accounts of each API. plan: as the API's document names it. password: Argon2id in PHC form.
CREATE TABLE identity_account (
  id TEXT PRIMARY KEY,
  api TEXT NOT NULL,
  email TEXT NOT NULL,
  plan TEXT NOT NULL,
  client_id TEXT,
  password TEXT,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  UNIQUE (api, email)
);

-- API keys. digest: SHA-256 of the secret in hexadecimal; the secret itself is nowhere.
CREATE TABLE identity_key (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES identity_account (id),
  api TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  digest TEXT NOT NULL,
  environment TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT,
  used_at BIGINT,
  UNIQUE (api, digest)
);
CREATE INDEX identity_key_by_account ON identity_key (account, created_at, id);

-- Programs that get tokens by their own secret. scopes: separated by spaces.
CREATE TABLE identity_client (
  id TEXT PRIMARY KEY,
  api TEXT NOT NULL,
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);

-- Keys that sign tokens. sealed: the JWK, encrypted. They sign until retired_at and verify until
-- gone_at.
CREATE TABLE identity_signing_key (
  id TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  retired_at BIGINT NOT NULL,
  gone_at BIGINT NOT NULL
);
CREATE INDEX identity_signing_key_by_issuer ON identity_signing_key (issuer, created_at);

-- A login and everything refreshed from it.
CREATE TABLE identity_family (
  id TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  account TEXT NOT NULL,
  claims TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX identity_family_by_account ON identity_family (issuer, account);
CREATE INDEX identity_family_by_end ON identity_family (expires_at);

-- Refresh tokens by the name inside them. A token that is used twice ends its family.
CREATE TABLE identity_refresh (
  id TEXT PRIMARY KEY,
  family TEXT NOT NULL REFERENCES identity_family (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX identity_refresh_by_family ON identity_refresh (family);
