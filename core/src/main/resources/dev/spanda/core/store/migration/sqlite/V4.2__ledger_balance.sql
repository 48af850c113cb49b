-- What every movement changes stands in short rows of its own: a commit writes whole pages, and
-- four times as many balances stand on one. The hash of the last entry is read from that entry.
CREATE TABLE ledger_name (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  floor BIGINT NOT NULL,
  ceiling BIGINT NOT NULL
);
CREATE TABLE ledger_balance (
  no INTEGER PRIMARY KEY,
  posted BIGINT NOT NULL,
  held BIGINT NOT NULL,
  incoming BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  next_due BIGINT,
  entries BIGINT NOT NULL,
  last_seq BIGINT NOT NULL
);
INSERT INTO ledger_name SELECT no, id, floor, ceiling FROM ledger_account;
INSERT INTO ledger_balance
  SELECT no, posted, held, incoming, spent, next_due, entries, last_seq FROM ledger_account;
DROP TABLE ledger_account;
CREATE INDEX ledger_balance_by_due ON ledger_balance (next_due) WHERE next_due IS NOT NULL;
CREATE VIEW ledger_account AS
  SELECT n.no AS no, n.id AS id, n.floor AS floor, n.ceiling AS ceiling, b.posted AS posted,
    b.held AS held, b.incoming AS incoming, b.spent AS spent, b.next_due AS next_due,
    b.entries AS entries, b.last_seq AS last_seq, e.hash AS last_hash
  FROM ledger_name n
  LEFT JOIN ledger_balance b ON b.no = n.no
  LEFT JOIN ledger_entry e ON e.seq = b.last_seq;
