-- name: things
-- The names of somebody's things of a kind, as of a day.
select name
from thing
where contact_id = :contact
    and kind_id = :kind
    and entered_on <= :today
    and (dropped_on is null or dropped_on > :today)
order by name_key, id;

-- name: bought
-- The last order of somebody that holds a product which was not given back.
select id, sold_on
from bought_order
where contact_id = :contact
order by sold_on desc, id desc
limit 1;
