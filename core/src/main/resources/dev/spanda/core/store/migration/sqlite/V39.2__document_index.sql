-- The words of documents, so that they are found without reading all of them.
CREATE VIRTUAL TABLE document_index USING fts5(
  id UNINDEXED, title, words, tokenize = 'unicode61 remove_diacritics 2'
);
