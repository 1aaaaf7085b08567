-- A statement as DuckDB itself reads it, as JSON; nothing of it is run.
SELECT json_serialize_sql($statement::VARCHAR) AS tree
