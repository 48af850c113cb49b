-- Who hears. creators: a JSON list of names that messages may mention.
CREATE TABLE social_organisation (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  creators TEXT NOT NULL
);
-- The next key of a message, a user or a channel.
CREATE TABLE social_counter (id INTEGER PRIMARY KEY, next_key BIGINT NOT NULL);
INSERT INTO social_counter (id, next_key) VALUES (1, 1);
-- A channel of a platform with all it ever brought. users: who wrote there. pattern: see Tally.
CREATE TABLE social_channel (
  key INTEGER PRIMARY KEY,
  organisation BIGINT NOT NULL,
  platform INTEGER NOT NULL,
  channel_id TEXT NOT NULL,
  name TEXT NOT NULL,
  users BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  mentions BIGINT NOT NULL,
  emotes BIGINT NOT NULL,
  active_days BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  pattern BLOB NOT NULL,
  UNIQUE (organisation, channel_id, platform)
);
-- A user of a platform with all they ever wrote.
CREATE TABLE social_user (
  key INTEGER PRIMARY KEY,
  organisation BIGINT NOT NULL,
  platform INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  messages BIGINT NOT NULL,
  mentions BIGINT NOT NULL,
  emotes BIGINT NOT NULL,
  active_days BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  pattern BLOB NOT NULL,
  UNIQUE (organisation, user_id, platform)
);
CREATE INDEX social_user_by_messages ON social_user (organisation, platform, messages DESC);
CREATE INDEX social_user_by_mentions ON social_user (organisation, platform, mentions DESC);
CREATE INDEX social_user_by_emotes ON social_user (organisation, platform, emotes DESC);
CREATE INDEX social_user_by_days ON social_user (organisation, platform, active_days DESC);
-- Who wrote where.
CREATE TABLE social_member (
  channel BIGINT NOT NULL,
  author BIGINT NOT NULL,
  PRIMARY KEY (channel, author)
) WITHOUT ROWID;
-- Messages kept, by hours since 1970. channel: 0 for all of the platform.
CREATE TABLE social_hour (
  organisation BIGINT NOT NULL,
  platform INTEGER NOT NULL,
  hour BIGINT NOT NULL,
  channel BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  PRIMARY KEY (organisation, platform, channel, hour)
) WITHOUT ROWID;
-- A message. id: the platform's own. creator: 1 when it mentions one of the organisation's creators.
CREATE TABLE social_message (
  key INTEGER PRIMARY KEY,
  organisation BIGINT NOT NULL,
  platform INTEGER NOT NULL,
  id TEXT NOT NULL,
  channel BIGINT NOT NULL,
  author BIGINT NOT NULL,
  role TEXT NOT NULL,
  moderator INTEGER NOT NULL,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  emotes INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  creator INTEGER NOT NULL
);
CREATE UNIQUE INDEX social_message_once ON social_message (organisation, platform, id);
CREATE INDEX social_message_by_time ON social_message (organisation, platform, at);
CREATE INDEX social_message_by_channel ON social_message (channel, at);
CREATE INDEX social_message_by_author ON social_message (author, at);
-- The words of each message, each behind a mark for its platform and organisation.
CREATE VIRTUAL TABLE social_word USING fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
-- So many bytes of new words before they become a segment of the index: those of a whole batch.
INSERT INTO social_word (social_word, rank) VALUES ('hashsize', 16777216);
-- What happened on a platform. data: JSON.
CREATE TABLE social_event (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation BIGINT NOT NULL,
  platform INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (organisation, platform, id)
);
CREATE INDEX social_event_by_time ON social_event (organisation, at);
CREATE INDEX social_event_by_type ON social_event (organisation, platform, type, at);
