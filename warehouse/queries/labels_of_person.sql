-- What the voices of a person are called.
SELECT DISTINCT v.label FROM store.voices AS v WHERE v.name = $name;
