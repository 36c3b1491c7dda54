-- name: recorded_later
-- Whether the totals that are kept hold something of after the day.
select exists (select 1 from sale where sold_on > :today) or exists (select 1 from refund where refunded_on > :today);

-- name: typical_orders
-- What the value class is taken by, from the smallest, behind the facts of the clients.
select typical_order from facts order by typical_order;
