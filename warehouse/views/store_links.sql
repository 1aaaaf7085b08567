-- The address that plays a recording from a second on, as Meeting.link_to makes it: the meeting's
-- link with its seconds filled in, else the file with a media fragment.
CREATE OR REPLACE MACRO store.link_to(template, path, offset_s, start_s) AS CASE
    WHEN template <> '' THEN replace(
        replace(template, '{start_s}', CAST(trunc(offset_s + start_s) AS BIGINT)::VARCHAR),
        '{start_ms}', CAST(trunc((offset_s + start_s) * 1000) AS BIGINT)::VARCHAR
    )
    WHEN path <> '' THEN path || '#t=' || format('{:.1f}', greatest(0.0, start_s))
    ELSE ''
END;

CREATE OR REPLACE VIEW store.links AS
SELECT
    t.tid,
    any_value(m.link) AS template,
    coalesce(min_by(r.path, r.position), '') AS path,
    coalesce(min_by(r.offset_s, r.position), 0) AS offset_s
FROM store.transcript AS t
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
LEFT JOIN store.recording AS r
    ON r.meeting_id = t.meeting_id AND r.recording_sha256 = t.recording_sha256
GROUP BY t.tid;

COMMENT ON VIEW store.links IS
    'Inner view: how the seconds of each transcript become an address.';
COMMENT ON COLUMN store.links.tid IS
    'Number of the transcript within this file.';
COMMENT ON COLUMN store.links.template IS
    'The link of the meeting, with {start_s} or {start_ms} to fill.';
COMMENT ON COLUMN store.links.path IS
    'The file of the recording.';
COMMENT ON COLUMN store.links.offset_s IS
    'Where the recording begins within the meeting.';
