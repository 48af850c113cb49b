-- What one node of several has taken upon itself, and until when (milliseconds since 1970).
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  ends_at BIGINT NOT NULL
);
