CREATE OR REPLACE VIEW items AS
SELECT i.meeting_id, i.position, i.item, i.title, i.restricted
FROM store.item AS i;

COMMENT ON VIEW items IS
    'One row an item of a meeting''s printed agenda.';
COMMENT ON COLUMN items.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN items.position IS
    'Order on the agenda, from 0.';
COMMENT ON COLUMN items.item IS
    'The number of the item, as printed.';
COMMENT ON COLUMN items.title IS
    'The title of the item.';
COMMENT ON COLUMN items.restricted IS
    'Whether it was taken in private; nothing said under such an item is held.';
