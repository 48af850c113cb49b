-- The words of documents, so that they are found without reading all of them. Signs become blanks
-- first, because the parser would take a path for one word.
ALTER TABLE document ADD COLUMN search tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', regexp_replace(title, '[^[:alnum:]]+', ' ', 'g')), 'A')
  || setweight(
    to_tsvector('simple', regexp_replace(left(words, 200000), '[^[:alnum:]]+', ' ', 'g')), 'D')
) STORED;
CREATE INDEX document_by_words ON document USING gin (search);
