-- name: rules
-- The rules of the segments that the owner defined.
select name, rule from segment order by name_key;
