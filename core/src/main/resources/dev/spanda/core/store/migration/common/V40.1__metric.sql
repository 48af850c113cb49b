-- Series of measurements in steps of three lengths, each kept for its own time. owner: an account,
-- or empty for the machine and the server's own applications. target: an application, or empty for
-- the machine. at: begin of the step in milliseconds since 1970. sum: of all values; for an
-- application's requests, of their milliseconds. bad: how many of them failed.
CREATE TABLE metric_point (
  owner TEXT NOT NULL,
  target TEXT NOT NULL,
  metric TEXT NOT NULL,
  step_ms BIGINT NOT NULL,
  at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  sum DOUBLE PRECISION NOT NULL,
  bad BIGINT NOT NULL,
  PRIMARY KEY (owner, target, metric, step_ms, at)
);
CREATE INDEX metric_point_by_age ON metric_point (step_ms, at);

-- Applications that accounts report for.
CREATE TABLE metric_application (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  reported_at BIGINT NOT NULL,
  PRIMARY KEY (owner, id)
);

-- Thresholds that an account has set itself.
CREATE TABLE metric_threshold (
  owner TEXT NOT NULL,
  metric TEXT NOT NULL,
  warning DOUBLE PRECISION NOT NULL,
  critical DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (owner, metric)
);

-- Crossings of thresholds. cleared_at: since when the value is well below again; null while not.
CREATE TABLE metric_alert (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  target TEXT NOT NULL,
  metric TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  threshold DOUBLE PRECISION NOT NULL,
  raised_at BIGINT NOT NULL,
  cleared_at BIGINT
);
CREATE INDEX metric_alert_by_owner ON metric_alert (owner, raised_at, id);
