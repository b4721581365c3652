-- A store as schema version 3 wrote it: one complete session and one whose writer is gone.
BEGIN TRANSACTION;
CREATE TABLE exclusions (
            exclusion_id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            start_s REAL NOT NULL CHECK (start_s >= 0),
            end_s REAL NOT NULL CHECK (end_s > start_s),
            reason TEXT NOT NULL
        );
INSERT INTO "exclusions" VALUES(1,1,1.0,2.0,'break');
CREATE TABLE markers (
            marker_id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            t_s REAL NOT NULL CHECK (t_s >= 0),
            text TEXT NOT NULL
        );
INSERT INTO "markers" VALUES(1,1,1.5,'Übung 2');
CREATE TABLE points (
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            t_s INTEGER NOT NULL CHECK (t_s >= 0),
            seen INTEGER NOT NULL,
            used INTEGER NOT NULL CHECK (used BETWEEN 0 AND seen),
            negative REAL, neutral REAL, positive REAL,
            negative_low REAL, negative_high REAL,
            neutral_low REAL, neutral_high REAL,
            positive_low REAL, positive_high REAL,
            expected INTEGER NOT NULL,
            coverage REAL,
            gap INTEGER NOT NULL CHECK (gap IN (0, 1)),
            PRIMARY KEY (session_id, t_s)
        ) WITHOUT ROWID
        ;
INSERT INTO "points" VALUES(1,0,10,8,0.125,0.5,0.375,2.49999999999999944488e-02,0.225,0.4,0.6,0.275,0.475,10,0.8,0);
INSERT INTO "points" VALUES(1,1,10,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,10,0.3,0);
INSERT INTO "points" VALUES(2,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,10,NULL,1);
CREATE TABLE segments (
            segment_id INTEGER PRIMARY KEY AUTOINCREMENT,
            session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            t_s REAL NOT NULL CHECK (t_s >= 0), -- until the next one's start, or the end
            title TEXT NOT NULL
        );
INSERT INTO "segments" VALUES(1,1,0.5,'Lenses');
CREATE TABLE sessions (
            session_id INTEGER PRIMARY KEY AUTOINCREMENT, -- a deleted session's id never returns
            title TEXT NOT NULL,
            source TEXT NOT NULL,
            started_at TEXT NOT NULL, -- ISO 8601 with UTC offset
            mode TEXT NOT NULL,
            engine TEXT NOT NULL,
            model TEXT NOT NULL,
            program_version TEXT NOT NULL,
            group_minimum INTEGER NOT NULL CHECK (group_minimum >= 1),
            counts_only INTEGER NOT NULL CHECK (counts_only IN (0, 1)),
            confidence_level REAL NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'interrupted')),
            writer TEXT NOT NULL -- names the lock that the writer holds while it lives
        , job TEXT NOT NULL DEFAULT '', course TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '', trashed_at TEXT);
INSERT INTO "sessions" VALUES(1,'Optics 4','room.mp4','2026-03-02T09:15:00.250000+01:00','room','litert-int8','valence','0.1.0',5,0,0.95,'complete','b654c2e9c3ee451fb89fa9c8da23cc9c','8d6c1e37','Physics 1','Beamer
zu hell',NULL);
INSERT INTO "sessions" VALUES(2,'Waves','room.mp4','2026-03-02T09:15:00.250000+01:00','room','litert-int8','valence','0.1.0',5,0,0.95,'running','1ac97c67315e4b30b1595888d32c29d6','51bb0fa9','','',NULL);
CREATE INDEX markers_by_session ON markers (session_id, t_s);
CREATE INDEX segments_by_session ON segments (session_id, t_s);
CREATE INDEX exclusions_by_session ON exclusions (session_id, start_s);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',2);
INSERT INTO "sqlite_sequence" VALUES('markers',1);
INSERT INTO "sqlite_sequence" VALUES('segments',1);
INSERT INTO "sqlite_sequence" VALUES('exclusions',1);
COMMIT;
PRAGMA application_id = 1129141041;
PRAGMA user_version = 3;
