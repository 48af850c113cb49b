-- What a persona was taught, what it remembers of people, what was said lately. One row in
-- persona_state an organisation; taught is raised by every lesson. relation, object: a memory in
-- parts, such as from and Canada.
CREATE TABLE persona_state (
  organisation TEXT PRIMARY KEY,
  taught BIGINT NOT NULL
);
CREATE TABLE persona_lesson (
  organisation TEXT NOT NULL,
  number BIGINT NOT NULL,
  prompt TEXT NOT NULL,
  answer TEXT NOT NULL,
  source TEXT NOT NULL,
  weight DOUBLE PRECISION NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, number)
);
CREATE TABLE persona_memory (
  id TEXT PRIMARY KEY,
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  relation TEXT NOT NULL,
  object TEXT NOT NULL,
  category TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX persona_memory_by_person ON persona_memory (organisation, person, created_at, id);
CREATE TABLE persona_turn (
  organisation TEXT NOT NULL,
  person TEXT NOT NULL,
  number BIGINT NOT NULL,
  message TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, person, number)
);
