-- What an organisation allows, and what its people wrote that was not. The words themselves are not
-- kept. policy: JSON. kind: toxicity, spam, nsfw, blocklist. action: warn, delete, timeout, ban.
CREATE TABLE moderation_policy (
  organisation TEXT PRIMARY KEY,
  policy TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE moderation_violation (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  platform TEXT,
  channel TEXT,
  kind TEXT NOT NULL,
  action TEXT NOT NULL,
  toxicity DOUBLE PRECISION NOT NULL,
  spam DOUBLE PRECISION NOT NULL,
  nsfw DOUBLE PRECISION NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX moderation_violation_by_person
  ON moderation_violation (organisation, person, created_at, id);
