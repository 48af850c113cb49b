-- Pictures that announce videos: who owns each and which content of the folder it is.
CREATE TABLE thumbnail (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  format TEXT NOT NULL,
  title TEXT NOT NULL,
  blob TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX thumbnail_by_owner ON thumbnail (owner, created_at);
