CREATE OR REPLACE VIEW data_dictionary AS
SELECT
    c.table_name AS view_name,
    c.column_index AS position,
    c.column_name,
    c.data_type AS type,
    coalesce(c.comment, '') AS description,
    coalesce(v.comment, '') AS view_description,
    CASE
        WHEN c.data_type = 'BOOLEAN' THEN 'true or false'
        WHEN c.data_type = 'DATE' THEN 'day'
        WHEN ends_with(c.column_name, '_sha256') THEN 'hexadecimal digits'
        WHEN c.column_name IN (
            'accessed', 'action_due', 'approved_on', 'closed_on', 'day', 'due', 'last_checked',
            'meeting_date', 'received_on', 'referred_on', 'response_date', 'response_due', 'said_of'
        ) THEN 'day, as 2026-06-30; or empty'
        WHEN c.column_name IN ('decided_when', 'fetched_at') THEN 'moment, ISO 8601'
        WHEN c.data_type = 'VARCHAR' THEN ''
        WHEN ends_with(c.column_name, '_s') THEN 'seconds'
        WHEN c.column_name = 'hours' THEN 'hours'
        WHEN starts_with(c.column_name, 'share_') THEN 'share, 0 to 1'
        WHEN c.column_name IN ('confidence', 'score') THEN 'measure, 0 to 1'
        WHEN c.column_name IN ('margin', 'weight') THEN 'weight of evidence'
        WHEN c.column_name = 'position' THEN 'place in an order'
        WHEN c.column_name LIKE 'words%' THEN 'words'
        ELSE 'count'
    END AS unit
FROM duckdb_columns() AS c
JOIN duckdb_views() AS v
    ON v.database_name = c.database_name AND v.schema_name = c.schema_name
    AND v.view_name = c.table_name
WHERE c.database_name = current_database() AND c.schema_name = 'main' AND NOT v.internal;

COMMENT ON VIEW data_dictionary IS
    'One row a column of the public views, with what it holds.';
COMMENT ON COLUMN data_dictionary.view_name IS
    'The view.';
COMMENT ON COLUMN data_dictionary.position IS
    'Order of the column, from 1.';
COMMENT ON COLUMN data_dictionary.column_name IS
    'The column.';
COMMENT ON COLUMN data_dictionary.type IS
    'Its type.';
COMMENT ON COLUMN data_dictionary.description IS
    'What it holds.';
COMMENT ON COLUMN data_dictionary.view_description IS
    'What a row of the view is.';
COMMENT ON COLUMN data_dictionary.unit IS
    'What its values are counted or written in; empty for words.';
