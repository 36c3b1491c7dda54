-- name: sums
-- What the clients brought, and how many brought as much, the most first.
select revenue, count(*) from contact_total where orders > 0 and revenue > 0 group by revenue order by revenue desc;
