-- Every engine that had a part in what is exported, with in how many transcripts.
SELECT part, task, engine, engine_version, model, model_sha256, count(DISTINCT transcript_version) AS transcripts
FROM engines
GROUP BY ALL
ORDER BY ALL;
