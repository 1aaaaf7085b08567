CREATE OR REPLACE VIEW coverage AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    t.recording_sha256,
    t.preferred,
    t.duration_s,
    t.speech_s,
    t.transcribed_s,
    round(t.transcribed_s / nullif(t.speech_s, 0), 4) AS share_transcribed,
    t.words,
    round(t.words_with_voice / nullif(t.words, 0), 4) AS share_with_voice,
    round(t.words_named / nullif(t.words, 0), 4) AS share_named,
    t.sentences,
    round(t.sentences_in_items / nullif(t.sentences, 0), 4) AS share_in_items,
    (SELECT count(*) FROM store.gap AS g WHERE g.tid = t.tid) AS gaps,
    t.words - t.words_with_voice AS words_without_voice,
    t.words_overlapped
FROM store.transcript AS t;

COMMENT ON VIEW coverage IS
    'One row a transcript: what share of the recording it holds, all measured.';
COMMENT ON COLUMN coverage.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN coverage.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN coverage.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN coverage.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN coverage.duration_s IS
    'Length of the recording in seconds.';
COMMENT ON COLUMN coverage.speech_s IS
    'Seconds in which somebody speaks.';
COMMENT ON COLUMN coverage.transcribed_s IS
    'Seconds of speech that have words.';
COMMENT ON COLUMN coverage.share_transcribed IS
    'Seconds with words out of the seconds of speech; null without speech.';
COMMENT ON COLUMN coverage.words IS
    'Words in the transcript.';
COMMENT ON COLUMN coverage.share_with_voice IS
    'Share of the words that have a voice.';
COMMENT ON COLUMN coverage.share_named IS
    'Share of the words whose voice has a name.';
COMMENT ON COLUMN coverage.sentences IS
    'Sentences in the transcript.';
COMMENT ON COLUMN coverage.share_in_items IS
    'Share of the sentences matched to an agenda item.';
COMMENT ON COLUMN coverage.gaps IS
    'Stretches known to be missing; see the view gaps.';
COMMENT ON COLUMN coverage.words_without_voice IS
    'Words that have no voice; see the view voiceless.';
COMMENT ON COLUMN coverage.words_overlapped IS
    'Words spoken while another voice was heard (by a seat log: another microphone was open).';
