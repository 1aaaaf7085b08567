CREATE OR REPLACE VIEW meetings AS
SELECT
    m.meeting_id,
    m.council,
    m.committee,
    m.committee_code,
    m.date,
    m.municipal_year,
    m.title,
    m.start,
    m.language,
    m.chair,
    m.page,
    (SELECT count(*) FROM store.recording AS r WHERE r.meeting_id = m.meeting_id) AS recordings,
    (SELECT count(*) FROM store.transcript AS t WHERE t.meeting_id = m.meeting_id) AS transcripts,
    (
        SELECT coalesce(round(sum(t.duration_s) / 3600, 4), 0) FROM store.transcript AS t
        WHERE t.meeting_id = m.meeting_id AND t.preferred
    ) AS hours,
    (
        SELECT count(*) FROM store.sentence AS s JOIN store.transcript AS t USING (tid)
        WHERE t.meeting_id = m.meeting_id AND t.preferred
    ) AS sentences,
    (
        SELECT count(*) FROM store.finding AS f JOIN store.transcript AS t USING (tid)
        LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
        WHERE t.meeting_id = m.meeting_id AND t.preferred
            AND coalesce(d.verdict, '') <> 'rejected'
    ) AS findings
FROM store.meeting AS m;

COMMENT ON VIEW meetings IS
    'One row a meeting: which council, which committee, when.';
COMMENT ON COLUMN meetings.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN meetings.council IS
    'The council.';
COMMENT ON COLUMN meetings.committee IS
    'The committee that met.';
COMMENT ON COLUMN meetings.committee_code IS
    'The short code of the committee, used in references.';
COMMENT ON COLUMN meetings.date IS
    'The day of the meeting.';
COMMENT ON COLUMN meetings.municipal_year IS
    'From May to May; references restart with it.';
COMMENT ON COLUMN meetings.title IS
    'The title of the meeting.';
COMMENT ON COLUMN meetings.start IS
    'When it began, as announced.';
COMMENT ON COLUMN meetings.language IS
    'The language it was held in.';
COMMENT ON COLUMN meetings.chair IS
    'Who was to chair it.';
COMMENT ON COLUMN meetings.page IS
    'Its page on the council website.';
COMMENT ON COLUMN meetings.recordings IS
    'How many recordings it has.';
COMMENT ON COLUMN meetings.transcripts IS
    'How many transcripts are held of it, all versions counted.';
COMMENT ON COLUMN meetings.hours IS
    'Hours of its preferred transcripts recordings.';
COMMENT ON COLUMN meetings.sentences IS
    'Sentences in its preferred transcripts.';
COMMENT ON COLUMN meetings.findings IS
    'Findings in its preferred transcripts, those rejected left out.';
