-- What was published. views, engagement, followers, watch_seconds: all that was ever recorded of it.
CREATE TABLE analytics_content (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  platform TEXT NOT NULL,
  title TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  views BIGINT NOT NULL,
  engagement BIGINT NOT NULL,
  followers BIGINT NOT NULL,
  watch_seconds BIGINT NOT NULL,
  PRIMARY KEY (organisation, id)
);
-- What was counted. content: an id, or empty. kind: views, engagement, followers, watch_seconds.
CREATE TABLE analytics_fact (
  organisation TEXT NOT NULL,
  id TEXT NOT NULL,
  platform TEXT NOT NULL,
  content TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (organisation, id)
);
CREATE INDEX analytics_fact_by_time ON analytics_fact (organisation, at);
-- The largest total that a platform has told of something.
CREATE TABLE analytics_total (
  organisation TEXT NOT NULL,
  platform TEXT NOT NULL,
  content TEXT NOT NULL,
  kind TEXT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (organisation, platform, content, kind)
);
-- Sums of facts. step: quarter or day; bucket: how many of these lie between 1970 and it, in UTC.
CREATE TABLE analytics_sum (
  organisation TEXT NOT NULL,
  step TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  platform TEXT NOT NULL,
  content TEXT NOT NULL,
  views BIGINT NOT NULL,
  engagement BIGINT NOT NULL,
  followers BIGINT NOT NULL,
  watch_seconds BIGINT NOT NULL,
  PRIMARY KEY (organisation, step, bucket, platform, content)
);
