-- A catalogue as the last program of schema 1 left it.
PRAGMA user_version = 1;
BEGIN TRANSACTION;
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
INSERT INTO "articles" VALUES(1,'tag:sheet.example,2026-05-04:city/bridge.md',0,'city/2026/05/04/bridge.html',1777888800,1777888800,3,NULL,'The bridge','{"headline":"The bridge","authors":[{"name":"Ann Smith"}],"kind":0,"slug":"crossing","tags":["river"],"date":"2026-05-04T10:00:00+00:00","status":0,"minor":false,"summary":"The bridge opened on Monday."}',X'D0725AC1B0A61EC8216A8185EAA924EF54CDE44DCA3EB2FE857CADB114F4CDF0',X'1998634C2838966F4D3E6130537E327CD66E4F8EEA084F43F344E03744C08EE3',X'AFED98D96D2E30098E069F11E6D9D39A544A0BE4DF29E4F354D1B7C5B8FB44CF',0,0,0,0,NULL,NULL,1,1,NULL);
INSERT INTO "articles" VALUES(2,'tag:sheet.example,2026-05-04:city/mayor.md',0,'city/2026/05/04/mayor.html',1777892400,1777892400,1,NULL,'The mayor','{"headline":"The mayor","kind":0,"slug":"mayor","date":"2026-05-04T11:00:00+00:00","status":0,"minor":false,"summary":"Taken back by order."}',X'6C918EFBB3236CD53A547CDE118DA8D0CFD7A19408D65CCBD142C9944A2D4A08',X'9FBC0899F826377A594C4BE1FF815EE039315A84E7CDA4BCD60D8DA6FA27BE86',X'07E156BA9B88D6837CB1B0EB2422CEF2253A1F8220D223D89EA142630F0450C9',1,0,0,0,NULL,NULL,0,1,NULL);
INSERT INTO "articles" VALUES(3,'tag:sheet.example,2026-05-05:gone.md',0,'2026/05/05/gone.html',1777982400,1777982400,1,NULL,'Gone','{"headline":"Gone","kind":0,"slug":"gone","date":"2026-05-05T12:00:00+00:00","status":0,"minor":false,"summary":"Will be deleted."}',X'6EF5B05BBB12D9C378AAA8555515968AAA6E9A92F06CB6272AF888AAB3AD7E44',X'573D3C96090200038783288C71E247399E7DEAD8907B9FD1476FE15DCB6308EA',X'41932B9BAE1855892AEB98032CB3F8DB664A2B256332D16A3E3BDB266C057744',0,0,0,0,NULL,NULL,0,1,NULL);
INSERT INTO "articles" VALUES(4,'tag:sheet.example,2099-05-05:later.md',0,NULL,4081662000,4081662000,1,NULL,'Later','{"headline":"Later","kind":0,"slug":"later","date":"2099-05-05T11:00:00+00:00","status":0,"minor":false,"summary":"Not before its time."}',X'735C406B1C16EA607E79F6DCF2412B1D5CCF9EF1BB0F3B92D4C82683414D5E6D',X'D6B798B1002E0EAEFEC45FBF7D203D805AD8437770A997D15D904EA9956FDD91',X'5AD659909D316877573BBF862959844A6281E17C11EB72C31623DFE58CAB8CD1',0,0,0,0,4081662000,NULL,0,0,4081662000);
INSERT INTO "articles" VALUES(5,'urn:x-harbour:7',1,'sports/2026/05/05/race.html',1777978800,1777978800,1,NULL,'The race','{"id":"urn:x-harbour:7","headline":"The race","kind":0,"slug":"race","date":"2026-05-05T11:00:00+00:00","status":0,"minor":false,"summary":"Along the quay."}',X'9B38D2634BBC3C3D000C5BE123EFC192CF3C4E5BD55D07099D48958CD60EC7B4',X'307690BD9A6CCB9FC3697211F64CD9626196D43C46D340494E5C61D9EEB9644A',X'645C769A25611E2AD7719107F04929D91D5C9C1082A734F506872D061056ACCB',0,0,0,0,NULL,NULL,1,1,NULL);
CREATE TABLE bodies (article INTEGER PRIMARY KEY, body BLOB NOT NULL);
INSERT INTO "bodies" VALUES(1,X'28B52FFD20242101003C703E54686520627269646765206F70656E6564206F6E204D6F6E6461792E3C2F703E0A');
INSERT INTO "bodies" VALUES(2,X'28B52FFD201CE100003C703E54616B656E206261636B206279206F726465722E3C2F703E0A');
INSERT INTO "bodies" VALUES(3,X'28B52FFD2018C100003C703E57696C6C2062652064656C657465642E3C2F703E0A');
INSERT INTO "bodies" VALUES(4,X'28B52FFD201CE100003C703E4E6F74206265666F7265206974732074696D652E3C2F703E0A');
INSERT INTO "bodies" VALUES(5,X'28B52FFD2017B900003C703E416C6F6E672074686520717561792E3C2F703E0A');
CREATE TABLE claims (
  file     INTEGER NOT NULL,
  position INTEGER NOT NULL,
  article  INTEGER NOT NULL,
  sections TEXT NOT NULL,                 -- one path a line
  PRIMARY KEY (file, position)
) WITHOUT ROWID;
INSERT INTO "claims" VALUES(2,0,1,'sports');
INSERT INTO "claims" VALUES(3,0,2,'city');
INSERT INTO "claims" VALUES(4,0,3,'');
INSERT INTO "claims" VALUES(5,0,4,'');
INSERT INTO "claims" VALUES(6,0,5,'sports');
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
INSERT INTO "documents" VALUES('2026/05/05/gone.html','2026/05/05/gone.html',1,3,4,X'5669006DDD3A385058F4873140FCA4DADFF970788DE54C1D341B1A472B193DFC',2119,1795676199,'334c69eb0e1d77d8',1);
INSERT INTO "documents" VALUES('atom.xml','atom.xml',3,1,3,X'1D84792CCE524A219F046C4C310ABBE782BD28E3ECC5177373C07C43950AD1CC',1486,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('city/2026/05/04/bridge.html','city/2026/05/04/bridge.html',1,1,3,X'2EEC423D395ECAA31192AF3DB808FBE00BB3713B28E0EB60DBC28A57DAFE077D',2439,1795676200,'334c69eb0e1d77d8',1);
INSERT INTO "documents" VALUES('city/2026/05/04/mayor.html','city/2026/05/04/mayor.html',1,2,4,X'72A4C27A7F58584CDE5361E08BD0AE843A1FC313F80A7B641D2BC3131ACAE602',2277,1795676199,'334c69eb0e1d77d8',1);
INSERT INTO "documents" VALUES('city/atom.xml','city/atom.xml',3,2,3,X'0CF6EC42B19D8BFD53D63BA8A3A7884E18EDEA80DE6F8069464F8373B6AD3088',570,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('city/feed.json','city/feed.json',4,2,3,X'EB5F931102D50AEB7FACE3129B6469E968A7446D86717BB05148112080043506',267,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('city/index.html','city/index.html',5,2,3,X'D130BD284B1F85F4ECFA37DDA5AFFB220C2F00C42B1017A7D930E4A00906605D',2126,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('city/rss.xml','city/rss.xml',2,2,3,X'4A3BA92B385FF55BE039BE7B5AFBE222C18878209738F40C2E65E4F8F2A78618',710,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('feed.json','feed.json',4,1,3,X'0988E337E1DFBD5A9CF08AC6F6A24B909E85D644D830C1A90B8217ADBC064A3F',903,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('index.html','index.html',5,1,3,X'C98386E9F8FBE5CDB7C26B2D5CC15B12B2D8E67631269C2FA6B3FAC14AD8EC1A',2796,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('opml.xml','opml.xml',6,0,3,X'06EC3791FD6C1F62579BAB00C7DC09DA40C01333D3D338B9F815F346FB37D633',282,1795676200,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('rss.xml','rss.xml',2,1,3,X'B9CA0ED098FE90981D4F60427360EF0DFB83DBD46C2201FB3283794FA58BFA37',1633,1795676201,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('sports/2026/05/05/race.html','sports/2026/05/05/race.html',1,5,3,X'44A44C8E56EEA5159B83D947812D014DCED4D25D724E598693A22F6ECAD9CCAF',2287,1795676199,'334c69eb0e1d77d8',1);
INSERT INTO "documents" VALUES('sports/atom.xml','sports/atom.xml',3,3,3,X'4FF6330F0F8FDA82194C2993401780C7A8C5BFB5FCB27AAE4FA9765304A10158',1495,1795676200,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('sports/feed.json','sports/feed.json',4,3,3,X'DF669C706C16AE722C696FEB462EFA735000CABF0B493333BAD36A4BE3881734',906,1795676200,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('sports/index.html','sports/index.html',5,3,3,X'AC6EF0EFA35A43BC035FE434B1D40CD0943117F367E6B408E967A3F954D00FAB',2736,1795676200,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('sports/rss.xml','sports/rss.xml',2,3,3,X'7F874654DAC75720B78FC11316F5A939B8F6AE61EB3014C1E181FBC624805D37',1625,1795676200,'334c69eb0e1d77d8',2);
INSERT INTO "documents" VALUES('style.css','style.css',7,0,3,X'E845A61F2F32B6EEB393EE2F5086F9F1C624470A1865CCED49D9D7113937B0E6',10414,1795676199,'334c69eb0e1d77d8',2);
CREATE TABLE files (
  no         INTEGER PRIMARY KEY,
  folder     BLOB NOT NULL,
  name       BLOB NOT NULL,
  kind       INTEGER NOT NULL,            -- 0 article, 1 media
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
INSERT INTO "files" VALUES(1,X'',X'62726F6B656E2E6D64',0,0,0,26,1795676197413308501,1795676197413308501,10053483,X'FBE39C05F94FF3DA36E2F55296CDBFDE71956630DA6F66AB4F6EC4104DFAC28D',NULL,'{"line":2,"column":8,"byte":null,"reason":"the front matter is not YAML: unclosed quote","hint":"write `name: value` with a space after the colon, and values with marks in them in \"quotation marks\""}',NULL,NULL);
INSERT INTO "files" VALUES(2,X'73706F727473',X'63726F7373696E672E6D64',0,0,0,115,1795676197413308501,1795676199971774303,10053478,X'AFED98D96D2E30098E069F11E6D9D39A544A0BE4DF29E4F354D1B7C5B8FB44CF',NULL,NULL,NULL,NULL);
INSERT INTO "files" VALUES(3,X'63697479',X'6D61796F722E6D64',0,0,0,74,1795676197413308501,1795676197413308501,10053479,X'07E156BA9B88D6837CB1B0EB2422CEF2253A1F8220D223D89EA142630F0450C9',NULL,NULL,NULL,NULL);
INSERT INTO "files" VALUES(4,X'',X'676F6E652E6D64',0,3,1795676200,65,1795676197413308501,1795676197413308501,10053482,X'41932B9BAE1855892AEB98032CB3F8DB664A2B256332D16A3E3BDB266C057744',NULL,NULL,NULL,NULL);
INSERT INTO "files" VALUES(5,X'',X'6C617465722E6D64',0,0,0,70,1795676197413308501,1795676197413308501,10053481,X'5AD659909D316877573BBF862959844A6281E17C11EB72C31623DFE58CAB8CD1',NULL,NULL,NULL,NULL);
INSERT INTO "files" VALUES(6,X'73706F727473',X'726163652E6D64',0,0,0,88,1795676197413308501,1795676197413308501,10053480,X'645C769A25611E2AD7719107F04929D91D5C9C1082A734F506872D061056ACCB',NULL,NULL,NULL,NULL);
CREATE TABLE listing (
  section   INTEGER NOT NULL,
  published INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  id        TEXT NOT NULL,
  article   INTEGER NOT NULL,
  own       INTEGER NOT NULL,             -- 1: dropped into this section, 0: into one below
  PRIMARY KEY (section, published DESC, position, id)
) WITHOUT ROWID;
INSERT INTO "listing" VALUES(1,1777978800,0,'urn:x-harbour:7',5,0);
INSERT INTO "listing" VALUES(1,1777888800,0,'tag:sheet.example,2026-05-04:city/bridge.md',1,0);
INSERT INTO "listing" VALUES(3,1777978800,0,'urn:x-harbour:7',5,1);
INSERT INTO "listing" VALUES(3,1777888800,0,'tag:sheet.example,2026-05-04:city/bridge.md',1,1);
CREATE TABLE media (
  path     TEXT PRIMARY KEY,              -- _media/HASH.EXT
  type     TEXT NOT NULL,
  bytes    INTEGER NOT NULL,
  width    INTEGER, height INTEGER,
  source   BLOB NOT NULL                  -- inbox path it was read from
) WITHOUT ROWID;
CREATE TABLE media_uses (article INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (article, path)) WITHOUT ROWID;
CREATE TABLE media_wants (
  source BLOB NOT NULL,
  file   INTEGER NOT NULL,
  there  INTEGER NOT NULL,                -- 1: it was there when the file was read
  PRIMARY KEY (source, file)
) WITHOUT ROWID;
CREATE TABLE remembered (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "remembered" VALUES('authority','sheet.example');
INSERT INTO "remembered" VALUES('clean','1');
INSERT INTO "remembered" VALUES('importing','0');
INSERT INTO "remembered" VALUES('ledger_seen','5342');
INSERT INTO "remembered" VALUES('root','65024:10053474:1795676197407774358');
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
INSERT INTO "sections" VALUES(1,'','',NULL,'','tag:sheet.example,2026-05-04:/',1795676200,0);
INSERT INTO "sections" VALUES(2,'city','city','','city','tag:sheet.example,2026-05-04:city/',1795676200,0);
INSERT INTO "sections" VALUES(3,'sports','sports','','sports','tag:sheet.example,2026-05-05:sports/',1777978800,2);
CREATE INDEX files_hash ON files (hash);
CREATE INDEX files_missing ON files (presence, since) WHERE presence <> 0;
CREATE INDEX files_refused ON files (no) WHERE rejection IS NOT NULL;
CREATE INDEX files_doubted ON files (no) WHERE doubts IS NOT NULL;
CREATE INDEX files_claimed ON files (claimed) WHERE claimed IS NOT NULL;
CREATE INDEX articles_due ON articles (due) WHERE due IS NOT NULL;
CREATE INDEX articles_updated ON articles (updated);
CREATE INDEX articles_released ON articles (fingerprint) WHERE released = 1;
CREATE INDEX articles_visible ON articles (published) WHERE visible = 1;
CREATE INDEX claims_article ON claims (article);
CREATE INDEX sections_parent ON sections (parent, path);
CREATE INDEX listing_article ON listing (article);
CREATE INDEX documents_due ON documents (kind, owner DESC) WHERE state < 2;
CREATE INDEX documents_written ON documents (turn) WHERE state = 2;
CREATE INDEX documents_owner ON documents (owner, kind);
CREATE INDEX media_uses_path ON media_uses (path);
CREATE INDEX media_wants_file ON media_wants (file);
COMMIT;
