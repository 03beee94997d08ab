-- Media that were replaced in a visible article, and until when they stay at their addresses nevertheless.
CREATE TABLE IF NOT EXISTS former_media (
  article INTEGER NOT NULL,
  path    TEXT NOT NULL,
  until   INTEGER NOT NULL,
  PRIMARY KEY (article, path)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_media_path ON former_media (path);
CREATE INDEX IF NOT EXISTS former_media_until ON former_media (until);
