-- Files that go together by their names; of earlier catalogues these tables are filled when they are opened.
-- Every key under which a file may go with another of its folder.
CREATE TABLE IF NOT EXISTS stems (
  folder BLOB NOT NULL,
  stem   TEXT NOT NULL,
  file   INTEGER NOT NULL,
  PRIMARY KEY (folder, stem, file)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stems_file ON stems (file);
-- What a sidecar said when it could last be read.
CREATE TABLE IF NOT EXISTS sidecars (file INTEGER PRIMARY KEY, text TEXT NOT NULL);
-- Hash of the bytes that a file of articles was last taken in with, where it was refused with others since.
CREATE TABLE IF NOT EXISTS files_told (file INTEGER PRIMARY KEY, hash BLOB NOT NULL);
-- Hash of the sidecar that an article's file was last taken in with.
CREATE TABLE IF NOT EXISTS sidecars_told (file INTEGER PRIMARY KEY, hash BLOB NOT NULL);

-- Two versions of one story stand side by side under one headline.
CREATE INDEX IF NOT EXISTS articles_titled ON articles (title) WHERE visible = 1;
