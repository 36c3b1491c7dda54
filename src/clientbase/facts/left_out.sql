-- name: any_client
-- Whether there are clients at all.
select exists (select 1 from contact_total indexed by contact_total_orders where orders > 0);

-- name: refunded
-- Contacts without an order whose refunds left something: they are no clients.
select count(*), coalesce(sum(revenue), 0) from contact_total where orders = 0 and revenue <> 0;

-- name: refunded_in_period
-- Contacts without an order of whom money came or went from a day on, and left something.
select count(*), coalesce(sum(amount), 0)
from (
    select contact_id, sum(amount) as amount
    from (
        select contact_id, amount
        from sale
        where contact_id in (select contact_id from contact_total where orders = 0)
            and voided_on is null
            and sold_on between :first and :today
        union all
        select contact_id, -amount
        from refund
        where contact_id in (select contact_id from contact_total where orders = 0)
            and voided_on is null
            and refunded_on between :first and :today
    )
    group by contact_id
    having sum(amount) <> 0
);

-- name: nobodys_sales
-- Sales without a contact.
select count(*), coalesce(sum(amount), 0)
from sale
where contact_id is null and voided_on is null and sold_on between :first and :today;

-- name: nobodys_refunds
-- Refunds without a contact.
select count(*), coalesce(sum(amount), 0)
from refund
where contact_id is null and voided_on is null and refunded_on between :first and :today;

-- name: not_yet
-- Contacts that had neither been entered by a day, nor bought or got in touch.
select count(*)
from contact
where entered_on > :today
    and not exists (
        select 1 from sale
        where sale.contact_id = contact.id and sale.sold_on <= :today and sale.voided_on is null
    )
    and not exists (select 1 from lead where lead.contact_id = contact.id and lead.opened_on <= :today);
