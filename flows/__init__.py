"""The order of work, its retries and its cache. The only folder that imports prefect."""
