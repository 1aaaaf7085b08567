-- The tables behind the views. Nobody but the loader and the search reads them: researchers are
-- promised the views. tid, uid and sid are numbers of one file, given out in loading order, and
-- never shown. Within a transcript uid and sid run without a hole; uids of two transcripts lie at
-- least five apart, so that "two utterances on" never reaches into another meeting.
-- No foreign keys: they forbid replacing a meeting in one transaction; check(home) looks instead.

CREATE TABLE store.meeting (
    meeting_id VARCHAR NOT NULL,
    council VARCHAR NOT NULL,
    committee VARCHAR NOT NULL,
    committee_code VARCHAR NOT NULL,
    date DATE NOT NULL,
    municipal_year VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    start VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    chair VARCHAR NOT NULL,
    page VARCHAR NOT NULL,
    link VARCHAR NOT NULL
);

-- name is null where it is never to be shown; name_key is a hash of it, so that a later decision
-- that names the same person can be recognised without the name lying in the file.
CREATE TABLE store.person (
    meeting_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR,
    name_key UBIGINT NOT NULL,
    role VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    party VARCHAR NOT NULL,
    ward VARCHAR NOT NULL,
    attendance VARCHAR NOT NULL
);

CREATE TABLE store.item (
    meeting_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    item VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    restricted BOOLEAN NOT NULL
);

CREATE TABLE store.recording (
    meeting_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    recording_sha256 VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    offset_s DOUBLE NOT NULL,
    captions VARCHAR NOT NULL
);

CREATE TABLE store.transcript (
    tid INTEGER NOT NULL,
    meeting_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    findings_version VARCHAR NOT NULL,
    recording_sha256 VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    preferred BOOLEAN NOT NULL,
    engines VARCHAR NOT NULL,
    vectors_model_sha256 VARCHAR NOT NULL,
    dimensions INTEGER NOT NULL,
    duration_s DOUBLE NOT NULL,
    speech_s DOUBLE NOT NULL,
    transcribed_s DOUBLE NOT NULL,
    words INTEGER NOT NULL,
    words_with_voice INTEGER NOT NULL,
    words_named INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    sentences_in_items INTEGER NOT NULL,
    first_uid UINTEGER NOT NULL,
    first_sid UINTEGER NOT NULL
);

CREATE TABLE store.engine (
    tid INTEGER NOT NULL,
    part VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    task VARCHAR NOT NULL,
    engine VARCHAR NOT NULL,
    engine_version VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    model_sha256 VARCHAR NOT NULL,
    settings VARCHAR NOT NULL
);

CREATE TABLE store.gap (
    tid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    why VARCHAR NOT NULL
);

-- What the machine says of a voice; what a person decided about it lies in store.voice_decision.
CREATE TABLE store.voice (
    tid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    voice VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR,
    name_key UBIGINT,
    margin DOUBLE NOT NULL
);

CREATE TABLE store.reason (
    tid INTEGER NOT NULL,
    voice VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    start_s DOUBLE NOT NULL,
    weight DOUBLE NOT NULL
);

-- tokens: words of this utterance; tokens_exchange: with the last three sentences before it;
-- tokens_around: with two whole utterances on either side. They are the lengths that BM25 needs.
CREATE TABLE store.utterance (
    uid UINTEGER NOT NULL,
    tid INTEGER NOT NULL,
    utterance_id VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    text VARCHAR NOT NULL,
    heard VARCHAR,
    words INTEGER NOT NULL,
    confidence DOUBLE,
    tokens UINTEGER NOT NULL,
    tokens_exchange UINTEGER NOT NULL,
    tokens_around UINTEGER NOT NULL
);

-- The primary key is what makes fetching twenty hits out of a million a matter of 1 ms, not 60.
CREATE TABLE store.sentence (
    sid UINTEGER PRIMARY KEY,
    uid UINTEGER NOT NULL,
    tid INTEGER NOT NULL,
    sentence_id VARCHAR NOT NULL,
    utterance_id VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    text VARCHAR NOT NULL,
    tokens USMALLINT NOT NULL
);

-- One row a word and sentence. place: where the word first stands, from 0 (255 means that or
-- later). tail: the sentence is among the last three of its utterance. The base is sorted by
-- (term, sid) so that a word is one run of rows; new meetings go to posting_new until it is folded in.
CREATE TABLE store.posting (
    term UBIGINT NOT NULL,
    sid UINTEGER NOT NULL,
    uid UINTEGER NOT NULL,
    tf UTINYINT NOT NULL,
    place UTINYINT NOT NULL,
    tokens USMALLINT NOT NULL,
    tail BOOLEAN NOT NULL,
    preferred BOOLEAN NOT NULL
);

CREATE TABLE store.posting_new (
    term UBIGINT NOT NULL,
    sid UINTEGER NOT NULL,
    uid UINTEGER NOT NULL,
    tf UTINYINT NOT NULL,
    place UTINYINT NOT NULL,
    tokens USMALLINT NOT NULL,
    tail BOOLEAN NOT NULL,
    preferred BOOLEAN NOT NULL
);

-- Vectors as signed bytes, scaled to the largest part, for the exact second pass.
CREATE TABLE store.vector (
    sid UINTEGER PRIMARY KEY,
    vector BLOB NOT NULL
);

-- The sign of every part of a vector, one bit each: what the first pass reads whole.
CREATE TABLE store.code (
    sid UINTEGER NOT NULL,
    uid UINTEGER NOT NULL,
    tid INTEGER NOT NULL,
    preferred BOOLEAN NOT NULL,
    code BLOB NOT NULL
);

CREATE TABLE store.finding (
    tid INTEGER NOT NULL,
    sid UINTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    utterance_id VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    item VARCHAR NOT NULL,
    score DOUBLE,
    rules VARCHAR NOT NULL,
    agreed BOOLEAN,
    addressee VARCHAR NOT NULL,
    due VARCHAR NOT NULL
);

-- What people decided, as far as it concerns what this file holds; looked up again at every load.
-- Their reasons stay in the ledger: they may name people whose names are not to be shown.
CREATE TABLE store.voice_decision (
    tid INTEGER NOT NULL,
    voice VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR,
    decided_by VARCHAR NOT NULL,
    decided_when VARCHAR NOT NULL
);

CREATE TABLE store.finding_decision (
    tid INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_when VARCHAR NOT NULL
);

CREATE TABLE store.reference (
    tid INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    reference VARCHAR NOT NULL
);

-- Which decisions each transcript was last held against (a hash), so that a load looks again only
-- where something changed.
CREATE TABLE store.held_against (
    tid INTEGER NOT NULL,
    decisions VARCHAR NOT NULL
);

-- Names, as hashes, that decisions withheld when this meeting was loaded, and whether it held them.
CREATE TABLE store.masked (
    meeting_id VARCHAR NOT NULL,
    name_key UBIGINT NOT NULL,
    met BOOLEAN NOT NULL
);

-- Small facts about this file: which views it carries.
CREATE TABLE store.fact (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
