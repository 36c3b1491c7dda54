-- name: recorded_later
-- How much of what the kept totals hold is of after the day, as far as it is worth counting.
select
    (select count(*) from (select 1 from sale where sold_on > :today limit :most))
    + (select count(*) from (select 1 from refund where refunded_on > :today limit :most));

-- name: clients
-- Of each client what is measured: the last day, orders and revenue.
select last_on, orders, revenue from contact_total where orders > 0;

-- name: typical_orders
-- What the value class is taken by, from the smallest, behind the facts of the clients.
select typical_order from facts order by typical_order;

-- name: aside
-- Where the totals of a past day are kept for as long as the base is open.
create temp table kept_totals (
    contact_id integer primary key,
    orders integer,
    revenue integer,
    first_on text,
    last_on text,
    average_order real
);

-- name: keep
-- The totals as they were on the day.
insert into temp.kept_totals
select contact_id, orders, revenue, first_on, last_on, average_order from contact_total;
