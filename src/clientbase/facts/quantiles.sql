-- Values that stand at a place among the clients, each read from its index: the planner would
-- rather sort, so the index is named.

-- name: clients
-- How many contacts have an order.
-- Counting all at once and taking off the few without one is ten times as quick as passing over
-- those who have one.
select
    (select count(*) from contact_total)
    - (select count(*) from contact_total indexed by contact_total_orders where orders <= 0);

-- name: average_up
-- Average orders from the smallest.
select average_order from contact_total indexed by contact_total_average
where orders > 0 order by average_order limit 2 offset :skip;

-- name: average_down
-- Average orders from the greatest.
select average_order from contact_total indexed by contact_total_average
where orders > 0 order by average_order desc limit 2 offset :skip;

-- name: orders_up
-- Numbers of orders from the smallest.
select orders from contact_total indexed by contact_total_orders
where orders > 0 order by orders limit 2 offset :skip;

-- name: orders_down
-- Numbers of orders from the greatest.
select orders from contact_total indexed by contact_total_orders
where orders > 0 order by orders desc limit 2 offset :skip;

-- name: revenue_up
-- Revenues from the smallest.
select revenue from contact_total indexed by contact_total_revenue
where orders > 0 order by revenue limit 2 offset :skip;

-- name: revenue_down
-- Revenues from the greatest.
select revenue from contact_total indexed by contact_total_revenue
where orders > 0 order by revenue desc limit 2 offset :skip;

-- name: last_on_up
-- Last days of purchase from the oldest.
select last_on from contact_total indexed by contact_total_last
where orders > 0 order by last_on limit 2 offset :skip;

-- name: last_on_down
-- Last days of purchase from the newest.
select last_on from contact_total indexed by contact_total_last
where orders > 0 order by last_on desc limit 2 offset :skip;
