-- name: sale
-- When a sale was voided, and whose it is.
select id, contact_id, voided_on from sale where id = :id;

-- name: refund
-- When a refund was voided, and whose it is.
select id, contact_id, voided_on from refund where id = :id;

-- name: refunds
-- The refunds that hang on a sale.
select id from refund where sale_id = :sale and voided_on is null order by id;

-- name: void_sale
-- The row stays, and counts no more.
update sale set voided_on = :day, void_reason = :reason where id = :id;

-- name: void_refund
-- The row stays, and counts no more.
update refund set voided_on = :day, void_reason = :reason where id = :id;
