-- The day of asking, as the view register has it.
SELECT current_date::VARCHAR AS day
