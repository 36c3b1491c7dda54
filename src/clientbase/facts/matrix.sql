-- name: clients
-- What the cells are made of, behind the facts of the clients.
select value_class, frequency_class, revenue, typical_order, days_since_sale from facts;
