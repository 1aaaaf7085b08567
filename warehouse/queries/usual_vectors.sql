-- What most of the archive was encoded with; empty where nothing was.
SELECT coalesce((
    SELECT concat_ws(' ', vectors_model_sha256, dimensions) FROM store.transcript
    WHERE preferred AND dimensions > 0
    GROUP BY vectors_model_sha256, dimensions
    ORDER BY sum(sentences) DESC, vectors_model_sha256, dimensions LIMIT 1
), '') AS model;
