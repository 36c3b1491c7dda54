-- name: measures
-- What is scored, of each client.
select last_on, orders, revenue from contact_total where orders > 0;
