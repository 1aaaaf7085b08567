-- Names that DuckDB finds without being told where: its own catalogue.
SELECT lower(view_name) AS name FROM duckdb_views() WHERE schema_name <> 'information_schema' AND internal
UNION
SELECT lower(table_name) FROM duckdb_tables() WHERE internal
