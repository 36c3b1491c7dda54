-- name: all
-- The stages in their order.
select id, position, name, temperature, name_key from stage where dropped_on is null order by position;
