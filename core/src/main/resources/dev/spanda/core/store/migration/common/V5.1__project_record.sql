-- Projects and what was made in them. status: active. sort_name: the name in lower case.
CREATE TABLE project (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  description TEXT NOT NULL,
  tags TEXT NOT NULL,
  status TEXT NOT NULL,
  items_count INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX project_by_owner ON project (owner, created_at, id);
-- The tags once more, to be searched by.
CREATE TABLE project_tag (
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (project_id, tag)
);
-- An item may stand outside of every project.
CREATE TABLE project_item (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  project_id TEXT REFERENCES project (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX project_item_by_project ON project_item (project_id, created_at, id);
-- Which files an item consists of; a file that is deleted takes its links along.
CREATE TABLE project_link (
  item_id TEXT NOT NULL REFERENCES project_item (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  format TEXT NOT NULL,
  file_id TEXT NOT NULL,
  PRIMARY KEY (item_id, position)
);
CREATE INDEX project_link_by_file ON project_link (file_id);
