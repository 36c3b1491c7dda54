-- name: refunded
-- Contacts without an order whose refunds left something: they are no clients.
select count(*), coalesce(sum(revenue), 0) from contact_total where orders = 0 and revenue <> 0;

-- name: nobodys_sales
-- Sales without a contact.
select count(*), coalesce(sum(amount), 0)
from sale
where contact_id is null and voided_on is null and sold_on <= :today;

-- name: nobodys_refunds
-- Refunds without a contact.
select count(*), coalesce(sum(amount), 0)
from refund
where contact_id is null and voided_on is null and refunded_on <= :today;
