-- Sign-ins that were begun and not yet ended. The state is kept as its digest, the verifier sealed.
CREATE TABLE oauth_state (
  digest TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX oauth_state_by_owner ON oauth_state (owner);
