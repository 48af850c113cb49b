-- Conversations. memory: JSON of what was understood so far. version: changed by every message.
CREATE TABLE assistant_chat (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  project TEXT,
  memory TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX assistant_chat_by_owner ON assistant_chat (owner, updated_at, id);

CREATE TABLE assistant_message (
  chat TEXT NOT NULL REFERENCES assistant_chat (id) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  role TEXT NOT NULL,
  body TEXT NOT NULL,
  suggestions TEXT NOT NULL,
  model TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (chat, number)
);
