"""A subquery on a hidden table is seen wherever a statement can hold one."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.warehouse import builders as b
from tests.warehouse.test_gate import LIMITS
from warehouse import store
from warehouse.asked import settings
from warehouse.gate import RefusedError, check
from warehouse.publish import live_generation

HIDDEN, SHOWN = "(SELECT max(name_key) FROM store.person)", "(SELECT count(*) FROM people)"
# @ is where the subquery stands
PLACES = """
SELECT @
VALUES (@)
SELECT DISTINCT ON (@) 1 FROM meetings
SELECT 1 FROM meetings GROUP BY @
SELECT count(*) FROM meetings GROUP BY GROUPING SETS ((@), ())
SELECT 1 FROM meetings HAVING @ > 0
SELECT 1 FROM meetings QUALIFY @ > 0
SELECT 1 FROM meetings WHERE @ > 0
SELECT 1 FROM meetings ORDER BY @
SELECT 1 FROM meetings LIMIT @
SELECT 1 FROM meetings LIMIT 1 OFFSET @
SELECT ARRAY@
SELECT [@, 1]
SELECT [x + @ FOR x IN [1, 2]]
SELECT [x FOR x IN [@]]
SELECT [x FOR x IN [1, 2] IF x < @]
SELECT struct_pack(a := @)
SELECT CASE WHEN 1 = 1 THEN @ END
SELECT 1 BETWEEN 0 AND @
SELECT 1 IN (@, 2)
SELECT 1 IN @
SELECT 1 = ANY @
SELECT EXISTS @
SELECT count(*) FILTER (WHERE @ > 0) FROM meetings
SELECT string_agg(title ORDER BY @) FROM meetings
SELECT sum(1) OVER (ORDER BY date ROWS BETWEEN @ PRECEDING AND CURRENT ROW) FROM meetings
SELECT sum(1) OVER (PARTITION BY @) FROM meetings
SELECT lag(1, 1, @) OVER () FROM meetings
SELECT sum(1) OVER w FROM meetings WINDOW w AS (PARTITION BY @)
SELECT 1 FROM meetings a JOIN meetings b ON @ > 0
SELECT 1 FROM meetings a ASOF JOIN gaps b ON a.meeting_id = b.meeting_id AND @ >= b.start_s
SELECT * FROM range(@)
SELECT * FROM unnest([@])
SELECT * FROM generate_series(1, @)
SELECT * FROM @ t
SELECT * FROM meetings, LATERAL @ t
SELECT * REPLACE (@ AS title) FROM meetings
SELECT COLUMNS(c -> c = @::VARCHAR) FROM meetings
SELECT @::VARCHAR COLLATE nocase
SELECT CAST(@ AS VARCHAR)
SELECT (@ AT TIME ZONE 'UTC')
SELECT list_transform([1], lambda x: x + @)
SELECT list_reduce([1, 2], lambda a, b: a + @)
WITH t AS @ SELECT * FROM t
WITH t AS MATERIALIZED @ SELECT * FROM t
WITH t AS NOT MATERIALIZED @ SELECT 1
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + @ FROM t WHERE n < 3) SELECT * FROM t
WITH RECURSIVE t(n, m) USING KEY (n) AS (SELECT 1, @ UNION SELECT n, m FROM t) SELECT * FROM t
SELECT 1 UNION @
SELECT 1 INTERSECT @
SELECT 1 EXCEPT ALL @
@
FROM meetings SELECT @
FROM @ SELECT 1
DESCRIBE @
SUMMARIZE @
SELECT * FROM (PIVOT meetings ON committee IN ('a') USING max(@))
SELECT * FROM (PIVOT @ ON name_key IN (1) USING count(*))
SELECT * FROM meetings PIVOT (max(@) FOR committee IN ('a'))
SELECT * FROM (UNPIVOT @ ON COLUMNS(*))
UNPIVOT @ ON COLUMNS(*) INTO NAME n VALUE v
SELECT * FROM meetings UNPIVOT (v FOR n IN (title))  WHERE @ > 0
SELECT * FROM meetings TABLESAMPLE reservoir(1 ROWS) WHERE @ > 0
SELECT -@
SELECT NOT @
SELECT @ IS NULL
SELECT coalesce(NULL, @)
SELECT title LIKE @::VARCHAR FROM meetings
SELECT title[@] FROM meetings
SELECT title[1:@] FROM meetings
SELECT @.a
SELECT grouping(x), x FROM (SELECT @ AS x) GROUP BY CUBE (x)
SELECT try(@)
SELECT (SELECT (SELECT @))
SELECT 1 FROM (VALUES (@)) v(x)
SELECT row(@, 1)
SELECT #1, @ FROM meetings
SELECT IF(@ > 0, 1, 2)
SELECT extract(year FROM @)
SELECT position('a' IN @)
SELECT overlay('a' PLACING 'b' FROM @)
SELECT substring('abc' FROM @)
SELECT trim(BOTH 'x' FROM @)
SELECT {'a': @}
SELECT MAP {'a': @}
""".strip().splitlines()


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published file, open as the child opens it."""
    home = tmp_path_factory.mktemp("places")
    store.load(home, [b.done()])
    with duckdb.connect(
        str(live_generation(home)), read_only=True, config=settings(LIMITS)
    ) as made:
        yield made


@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_table_is_seen_in_every_place(con: duckdb.DuckDBPyConnection, place: str) -> None:
    """It is the table that is refused; the place itself is allowed."""
    check(con, place.replace("@", SHOWN))
    with pytest.raises(RefusedError, match=r"'store\.person' is none of the public views"):
        check(con, place.replace("@", HIDDEN))
