-- Whose workflows they are, what they are for, several triggers, and events that begin runs.
-- triggers is absent for workflows that were made with the one in starts_on. event_at is when the
-- first event came that no run has been begun for.
ALTER TABLE workflow ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE workflow ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE workflow ADD COLUMN triggers TEXT;
ALTER TABLE workflow ADD COLUMN event_at BIGINT;
CREATE INDEX workflow_by_owner ON workflow (owner, created_at, id);
CREATE TABLE workflow_event (
  event TEXT NOT NULL,
  workflow_id TEXT NOT NULL,
  PRIMARY KEY (event, workflow_id)
);
CREATE INDEX workflow_event_by_workflow ON workflow_event (workflow_id);
