-- Rates that were added to the book, and runs in which a rate is played.
-- status: running, completed, stopped.
CREATE TABLE radionics_rate (
  name TEXT PRIMARY KEY,
  folded TEXT NOT NULL UNIQUE,
  rate DOUBLE PRECISION NOT NULL,
  category TEXT NOT NULL,
  description TEXT NOT NULL,
  applications TEXT NOT NULL,
  added_at BIGINT NOT NULL
);
CREATE TABLE broadcast (
  id TEXT PRIMARY KEY,
  rate DOUBLE PRECISION NOT NULL,
  carrier_hz DOUBLE PRECISION NOT NULL,
  intention TEXT NOT NULL,
  hardware_level INTEGER NOT NULL,
  population_id TEXT,
  status TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX broadcast_by_time ON broadcast (started_at, id);
CREATE INDEX broadcast_by_status ON broadcast (status, started_at);
CREATE INDEX broadcast_by_population ON broadcast (population_id, status);
