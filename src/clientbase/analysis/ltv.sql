-- Behind the facts of the clients.

-- name: clients
-- Each client with what came in so far, and the groups they belong to.
select
    contact_id, external_id, name, revenue, orders, average_order, first_sale_on, last_sale_on,
    channel, frequency_class || '-' || value_class
from facts
order by contact_id;
