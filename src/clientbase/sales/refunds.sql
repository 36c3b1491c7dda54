-- name: add
-- Money given back, tied to its sale where that is known, with a mark as sales have.
insert into refund (contact_id, sale_id, refunded_on, amount, note, fingerprint)
values (:contact, :sale, :day, :amount, :note, random() & 0x7fffffffffffffff)
returning id;

-- name: sale
-- What a refund of a sale must know: who bought and when, and what is left to give back.
select
    sale.contact_id,
    sale.sold_on,
    sale.voided_on,
    sale.amount,
    sale.amount - (
        select coalesce(sum(amount), 0)
        from refund
        where sale_id = sale.id and voided_on is null
    ) as rest
from sale
where sale.id = :sale;

-- name: room
-- The least that is left of a contact's sales after refunds, on a day and on later days of
-- refunds. Refunds from files that name no sale count only if told: theirs may lie before the base.
with day (day) as (
    select :day
    union
    select refunded_on
    from refund
    where contact_id = :contact and voided_on is null and refunded_on > :day
)

select
    min(
        (
            select coalesce(sum(amount), 0)
            from sale
            where contact_id = :contact and voided_on is null and sold_on <= day.day
        ) - (
            select coalesce(sum(amount), 0)
            from refund
            where contact_id = :contact
                and voided_on is null
                and refunded_on <= day.day
                and (:all or import_id is null or sale_id is not null)
        )
    )
from day;

-- name: row
-- One refund as it is shown.
select
    refund.id as refund_id,
    refund.sale_id,
    refund.contact_id,
    contact.name,
    refund.refunded_on,
    refund.amount,
    refund.ref,
    refund.note,
    refund.voided_on
from refund
left join contact on contact.id = refund.contact_id
where refund.id = :refund;

-- name: of_sale
-- The refunds of a sale, the oldest first.
select id from refund where sale_id = :sale order by refunded_on, id;

-- name: first_day
-- The first day of a contact's sales and refunds.
select coalesce(min(day), '0000')
from (
    select sold_on as day from sale where contact_id = :contact
    union all
    select refunded_on from refund where contact_id = :contact
);
