-- Every column of the public views, in the order in which the views build on one another.
SELECT view_name AS "view", column_name AS "column", type, unit, description AS meaning, view_description AS view_meaning
FROM data_dictionary
ORDER BY list_position($views, view_name), position;
