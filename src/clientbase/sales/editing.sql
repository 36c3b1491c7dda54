-- name: read
-- A sale as it is kept, and whether it was voided.
select contact_id, sold_on, amount, discount, ref, channel_id, promo, note, voided_on
from sale
where id = :sale;

-- name: given
-- What was given back of a sale, and since when.
select coalesce(sum(amount), 0), min(refunded_on)
from refund
where sale_id = :sale and voided_on is null;

-- name: edit
-- A sale as it is from now on; the journal keeps what it was.
update sale set
    contact_id = :contact_id,
    sold_on = :sold_on,
    amount = :amount,
    discount = :discount,
    ref = :ref,
    channel_id = :channel_id,
    promo = :promo,
    note = :note
where id = :sale;

-- name: follow
-- What was given back of a sale was given to whoever bought.
update refund set contact_id = :contact_id where sale_id = :sale;
