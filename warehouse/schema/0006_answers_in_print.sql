-- What an executive answered in its minutes or published decisions: a response state, and the words
-- of the item, which say whose recommendation and which. Empty of points that answer nothing, and
-- of those that were read before there were these columns.
ALTER TABLE store.minute_point ADD COLUMN answer VARCHAR DEFAULT '';
ALTER TABLE store.minute_point ADD COLUMN about VARCHAR DEFAULT '';
