"""DuckDB: schema, load, search, views and exports. The only folder that imports duckdb."""
