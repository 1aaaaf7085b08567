CREATE OR REPLACE VIEW data_dictionary AS
SELECT
    c.table_name AS view_name,
    c.column_index AS position,
    c.column_name,
    c.data_type AS type,
    coalesce(c.comment, '') AS description,
    coalesce(v.comment, '') AS view_description
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
