-- name: besides
-- What was paid but for orders, and given back: by whom, and in which month.
select contact_id, substr(sold_on, 1, 7), amount
from sale
where id in (select id from returned)
union all
select contact_id, substr(refunded_on, 1, 7), -amount
from refund
where contact_id is not null and voided_on is null and refunded_on <= :today;

-- name: last_day
-- The last day of which anything is known: a sale or money given back, whoever it is of.
select max(
    coalesce((select max(sold_on) from sale where voided_on is null and sold_on <= :today), ''),
    coalesce((select max(refunded_on) from refund where voided_on is null and refunded_on <= :today), '')
);
