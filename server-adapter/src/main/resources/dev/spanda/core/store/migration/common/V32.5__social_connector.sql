-- What listens to a platform for an organisation. options: JSON. token: sealed with a key that is kept elsewhere.
CREATE TABLE social_connector (
  organisation TEXT NOT NULL,
  connector TEXT NOT NULL,
  options TEXT NOT NULL,
  token TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, connector)
);
