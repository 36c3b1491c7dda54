-- name: all
-- The kinds of things, in the order in which they were made.
select id, name from thing_kind order by id;

-- name: listing
-- The kinds, or one of them, with their fields and how many things there are.
select
    kind.id,
    kind.name,
    (
        select json_group_array(name)
        from (select field.name from field where field.thing_kind_id = kind.id order by field.id)
    ),
    (select count(*) from thing where thing.kind_id = kind.id and thing.dropped_on is null)
from thing_kind as kind
where :kind is null or kind.id = :kind
order by kind.id;

-- name: add
-- A new kind.
insert into thing_kind (name, name_key) values (:name, :name_key) returning id;

-- name: things
-- How many things are of a kind, and how many more were.
select
    count(*) filter (where dropped_on is null),
    count(*) filter (where dropped_on is not null)
from thing
where kind_id = :kind;

-- name: drop_fields
-- The fields of a kind.
delete from field where thing_kind_id = :kind;

-- name: drop
-- A kind itself.
delete from thing_kind where id = :kind;
