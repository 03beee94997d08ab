-- Times are whole seconds since 1970 unless the name says otherwise.

CREATE TABLE remembered (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What lies, lay or is awaited in the inbox.
CREATE TABLE files (
  no         INTEGER PRIMARY KEY,
  folder     BLOB NOT NULL,
  name       BLOB NOT NULL,
  kind       INTEGER NOT NULL,            -- 0 article, 1 media, 2 marker
  presence   INTEGER NOT NULL,            -- 0 present, 1 missing, 2 held, 3 gone
  since      INTEGER NOT NULL DEFAULT 0,  -- when it was first missed, for 1 to 3
  size       INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER,  -- NULL: never read by this catalogue
  hash       BLOB,                        -- BLAKE3 of its bytes
  issue      TEXT,                        -- a page's issue date
  rejection  TEXT,                        -- why it is not published, JSON
  claimed    TEXT,                        -- the id in use that a refused file states
  doubts     TEXT,                        -- JSON list of sentences
  UNIQUE (folder, name)
);
CREATE INDEX files_hash ON files (hash);
CREATE INDEX files_missing ON files (presence, since) WHERE presence <> 0;
CREATE INDEX files_refused ON files (no) WHERE rejection IS NOT NULL;
CREATE INDEX files_doubted ON files (no) WHERE doubts IS NOT NULL;
CREATE INDEX files_claimed ON files (claimed) WHERE claimed IS NOT NULL;

CREATE TABLE articles (
  no          INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  stated      INTEGER NOT NULL,           -- 1: the file states the id
  page        TEXT,                       -- document path of its page, minted once
  published   INTEGER NOT NULL,
  updated     INTEGER NOT NULL,
  revision    INTEGER NOT NULL,
  version     INTEGER,                    -- the highest agency version ever seen
  title       TEXT NOT NULL,
  record      TEXT,                       -- everything else but the body, JSON; NULL: known from the ledger only
  fingerprint BLOB,                       -- of what moves `updated`
  digest      BLOB,                       -- of everything a reader can see
  source      BLOB,                       -- hash of the file that its content is from
  ordered     INTEGER NOT NULL,           -- 1: withdrawn by order
  status      INTEGER NOT NULL,           -- 0 usable, 1 draft, 2 withdrawn, as the file states
  linked      INTEGER NOT NULL,           -- 1: it has an address elsewhere, so no page here
  released    INTEGER NOT NULL,           -- 1: its file became other news; it stays
  embargo     INTEGER,
  expires     INTEGER,
  visible     INTEGER NOT NULL,           -- 1: in the feeds
  shown       INTEGER NOT NULL,           -- 1: was visible once
  due         INTEGER                     -- when embargo or expiry changes `visible`
);
CREATE INDEX articles_due ON articles (due) WHERE due IS NOT NULL;
CREATE INDEX articles_updated ON articles (updated);
CREATE INDEX articles_released ON articles (fingerprint) WHERE released = 1;
CREATE INDEX articles_visible ON articles (published) WHERE visible = 1;

CREATE TABLE bodies (article INTEGER PRIMARY KEY, body BLOB NOT NULL);  -- zstd

-- Which articles a file holds, and in which sections it puts them; where released articles stay.
CREATE TABLE claims (
  file     INTEGER NOT NULL,              -- of a released article, which none holds, its own number, negative
  position INTEGER NOT NULL,
  article  INTEGER NOT NULL,
  sections TEXT NOT NULL,                 -- one path a line
  PRIMARY KEY (file, position)
) WITHOUT ROWID;
CREATE INDEX claims_article ON claims (article);

CREATE TABLE sections (
  no       INTEGER PRIMARY KEY,
  path     TEXT NOT NULL UNIQUE,
  folded   TEXT NOT NULL UNIQUE,
  parent   TEXT,                          -- path of the section above; NULL for the whole
  raw      TEXT NOT NULL UNIQUE,          -- folder names as typed
  feed_id  TEXT NOT NULL,
  updated  INTEGER NOT NULL,
  own      INTEGER NOT NULL               -- visible articles dropped into this very section
);

CREATE INDEX sections_parent ON sections (parent, path);

-- One row for every section whose feeds carry a visible article.
CREATE TABLE listing (
  section   INTEGER NOT NULL,
  published INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  id        TEXT NOT NULL,
  article   INTEGER NOT NULL,
  own       INTEGER NOT NULL,             -- 1: dropped into this section, 0: into one below
  PRIMARY KEY (section, published DESC, position, id)
) WITHOUT ROWID;
CREATE INDEX listing_article ON listing (article);

CREATE TABLE documents (
  path       TEXT PRIMARY KEY,
  folded     TEXT NOT NULL UNIQUE,
  kind       INTEGER NOT NULL,            -- 0 media, 1 page, 2 rss, 3 atom, 4 json, 5 front, 6 opml, 7 style
  owner      INTEGER NOT NULL,            -- the section's or article's number
  state      INTEGER NOT NULL,            -- 0 suspect, 1 stale, 2 written, 3 synced, 4 gone, 5 kept
  hash       BLOB,
  size       INTEGER NOT NULL DEFAULT 0,
  modified   INTEGER NOT NULL DEFAULT 0,
  generation TEXT NOT NULL DEFAULT '',    -- of program and settings that rendered it
  turn       INTEGER NOT NULL DEFAULT 0   -- the printing it was written in
) WITHOUT ROWID;
CREATE INDEX documents_due ON documents (kind, owner DESC) WHERE state < 2;
CREATE INDEX documents_written ON documents (turn) WHERE state = 2;
CREATE INDEX documents_owner ON documents (owner, kind);

CREATE TABLE media (
  path     TEXT PRIMARY KEY,              -- _media/HASH.EXT
  type     TEXT NOT NULL,
  bytes    INTEGER NOT NULL,
  width    INTEGER, height INTEGER,
  source   BLOB NOT NULL                  -- inbox path it was read from
) WITHOUT ROWID;
CREATE TABLE media_uses (article INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (article, path)) WITHOUT ROWID;
CREATE INDEX media_uses_path ON media_uses (path);
-- Which files refer to which inbox path, there or not yet.
CREATE TABLE media_wants (
  source BLOB NOT NULL,
  file   INTEGER NOT NULL,
  there  INTEGER NOT NULL,                -- 1: it was there when the file was read
  PRIMARY KEY (source, file)
) WITHOUT ROWID;
CREATE INDEX media_wants_file ON media_wants (file);
