-- What an article is called in its folder and at its address, folded: how a marker finds it.
CREATE TABLE names (name TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (name, article)) WITHOUT ROWID;

-- Files that take an article back (`SLUG.withdraw`), each with what it calls it.
CREATE TABLE markers (
  file     INTEGER PRIMARY KEY,
  section  TEXT NOT NULL,
  name     TEXT NOT NULL,
  undated  TEXT NOT NULL,                 -- the name without a date in front
  since    INTEGER NOT NULL,              -- when it came, or the date that it states
  article  INTEGER,                       -- NULL: none found so far
  record   TEXT,                          -- the notice; NULL: it has no text, or was not read yet
  body     TEXT
);
CREATE INDEX markers_article ON markers (article) WHERE article IS NOT NULL;
CREATE INDEX markers_waiting ON markers (file) WHERE article IS NULL;

-- Articles that wait for their time, soonest first.
CREATE INDEX articles_awaited ON articles (embargo) WHERE visible = 0 AND embargo IS NOT NULL;
