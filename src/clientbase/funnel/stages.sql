-- name: all
-- The stages in their order.
select id, position, name, temperature, name_key from stage order by position;
