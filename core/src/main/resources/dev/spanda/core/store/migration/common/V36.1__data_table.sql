-- Rows of plain values by owner and table. A row's content is a JSON object; positions run from 0
-- without gaps. write_key names the last write, so that repeating it writes nothing.
CREATE TABLE data_table (
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  columns TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  bytes BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  write_key TEXT,
  PRIMARY KEY (owner, name)
);
CREATE TABLE data_row (
  owner TEXT NOT NULL,
  table_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (owner, table_name, position)
);
