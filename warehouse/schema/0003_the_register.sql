-- The register: what each meeting made, what was said and minuted of it later, and what people
-- decided. Rows of a meeting go and come with it; links, threads, lines, entries and events are
-- laid out anew from what is held, as far as it changed.

CREATE TABLE store.motion (
    tid INTEGER NOT NULL,
    motion_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    finding_ids VARCHAR[] NOT NULL,
    sid UINTEGER NOT NULL,
    item VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    proposer VARCHAR NOT NULL,
    seconder VARCHAR NOT NULL,
    addressee VARCHAR NOT NULL,
    due VARCHAR NOT NULL
);

CREATE TABLE store.act (
    tid INTEGER NOT NULL,
    motion_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sid UINTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    utterance_id VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    rule VARCHAR NOT NULL
);

CREATE TABLE store.claim (
    tid INTEGER NOT NULL,
    sid UINTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    utterance_id VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,
    start_s DOUBLE NOT NULL,
    end_s DOUBLE NOT NULL,
    item VARCHAR NOT NULL,
    keys VARCHAR[] NOT NULL,
    said_of VARCHAR NOT NULL,
    rules VARCHAR NOT NULL,
    score DOUBLE
);

-- The sentences that tell which matter a claim is about.
CREATE TABLE store.claim_about (
    tid INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sid UINTEGER NOT NULL
);

CREATE TABLE store.minutes (
    meeting_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    document_sha256 VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    fetched_at VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    approved_on VARCHAR NOT NULL,
    engine VARCHAR NOT NULL
);

CREATE TABLE store.minute_point (
    meeting_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    point_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    heading VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    item_title VARCHAR NOT NULL,
    minute_no VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    lead VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    mover VARCHAR NOT NULL,
    seconder VARCHAR NOT NULL,
    vote VARCHAR NOT NULL,
    addressee VARCHAR NOT NULL,
    link VARCHAR NOT NULL,
    rule VARCHAR NOT NULL
);

CREATE TABLE store.minute_match (
    meeting_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    point_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    standing VARCHAR NOT NULL,
    reasons VARCHAR[] NOT NULL
);

-- What the linker said of the whole archive; what people said of a link lies in store.line.
CREATE TABLE store.link (
    position INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    standing VARCHAR NOT NULL,
    reasons VARCHAR[] NOT NULL
);

CREATE TABLE store.thread (
    position INTEGER NOT NULL,
    thread_id VARCHAR NOT NULL,
    title VARCHAR NOT NULL
);

CREATE TABLE store.thread_finding (
    thread_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL
);

-- Names of a meeting that are never to be shown, as hashes, so that they can be taken out of the
-- ledger's words without lying in the file. whole: key of the name; else of a surname, which is
-- hidden by itself where alone says so and else after a title or an initial.
CREATE TABLE store.hidden (
    meeting_id VARCHAR NOT NULL,
    key UBIGINT NOT NULL,
    words INTEGER NOT NULL,
    whole BOOLEAN NOT NULL,
    alone BOOLEAN NOT NULL
);

-- The standing lines of the ledger that are about recommendations, in order, hidden names taken
-- out: decision is the line as JSON. key is the reference in lower case, others those it ties in.
CREATE TABLE store.line (
    position INTEGER NOT NULL,
    line_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    others VARCHAR[] NOT NULL,
    finding_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_when VARCHAR NOT NULL,
    decision VARCHAR NOT NULL
);

-- The recommendations that stand, by every finding that belongs to one; key is the reference in
-- lower case, or the id of the main finding where it has none.
CREATE TABLE store.recommendation (
    tid INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    main BOOLEAN NOT NULL,
    motion_id VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    reference VARCHAR NOT NULL
);

-- The register as folded at load, with what it was folded from (a hash). An entry changes with the
-- day: each row holds from one day on until before another.
CREATE TABLE store.folded (
    key VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);

CREATE TABLE store.entry (
    key VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    reference VARCHAR NOT NULL,
    committee VARCHAR NOT NULL,
    meeting_date VARCHAR NOT NULL,
    agenda_item VARCHAR NOT NULL,
    minute_no VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    text_minuted VARCHAR NOT NULL,
    text_spoken VARCHAR NOT NULL,
    proposer VARCHAR NOT NULL,
    seconder VARCHAR NOT NULL,
    vote VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    recipient_kind VARCHAR NOT NULL,
    cabinet_member VARCHAR NOT NULL,
    lead_officer VARCHAR NOT NULL,
    referred_on VARCHAR NOT NULL,
    received_on VARCHAR NOT NULL,
    response_basis VARCHAR NOT NULL,
    response_due VARCHAR NOT NULL,
    due_kind VARCHAR NOT NULL,
    response VARCHAR NOT NULL,
    response_date VARCHAR NOT NULL,
    response_body VARCHAR NOT NULL,
    response_text VARCHAR NOT NULL,
    response_reason VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    rag VARCHAR NOT NULL,
    action_due VARCHAR NOT NULL,
    progress VARCHAR NOT NULL,
    evidence_urls VARCHAR NOT NULL,
    last_checked VARCHAR NOT NULL,
    closed_on VARCHAR NOT NULL,
    closed_reason VARCHAR NOT NULL,
    superseded_by VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    recommendation VARCHAR NOT NULL,
    disputed BOOLEAN NOT NULL,
    proposed INTEGER NOT NULL,
    silent BOOLEAN NOT NULL,
    overdue BOOLEAN NOT NULL,
    open BOOLEAN NOT NULL,
    meeting_id VARCHAR NOT NULL,
    council VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    link VARCHAR NOT NULL
);

CREATE TABLE store.event (
    key VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    event_id VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    ladder VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    standing VARCHAR NOT NULL,
    told_by VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    link VARCHAR NOT NULL,
    meeting_id VARCHAR NOT NULL,
    accessed VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    reasons VARCHAR[] NOT NULL,
    note VARCHAR NOT NULL
);

-- Of meetings loaded before there was this table the whole names are known, their lengths are not.
INSERT INTO store.hidden
SELECT DISTINCT meeting_id, name_key, 0, true, false FROM store.person WHERE kind = 'public';
