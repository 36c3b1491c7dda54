-- Rows of one reference that stand apart in a file are brought together.

-- name: make
-- The rows of a file as they stand in it.
create temp table if not exists gathered (name text, line integer, cells text);

-- name: clear
-- Before and after.
delete from temp.gathered;

-- name: put
-- A row of the file.
insert into temp.gathered values (?, ?, ?);

-- name: take
-- All rows, those of one reference together where the first of them stands.
select line, cells
from (
    select line, cells, min(line) over (partition by coalesce(name, line)) as first
    from temp.gathered
)
order by first, line;
