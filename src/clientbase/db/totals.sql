-- What a client's sales come to, kept by triggers and rebuilt set-wise after bulk loading.
-- An order is a sale that is neither voided nor wholly refunded; revenue is sales minus refunds.

-- name: rebuild
-- All totals anew, from the sales and refunds themselves.
insert into contact_total (contact_id, orders, revenue, first_on, last_on)
select contact_id, sum(orders), sum(revenue), min(first_on), max(last_on)
from (
    select
        contact_id,
        count(*) as orders,
        sum(amount) as revenue,
        min(sold_on) as first_on,
        max(sold_on) as last_on
    from sale
    where contact_id is not null and voided_on is null
    group by contact_id
    union all
    select
        contact_id,
        0,
        -sum(amount),
        null,
        null
    from refund
    where contact_id is not null and voided_on is null
    group by contact_id
)
group by contact_id;

-- name: whole_refunds
-- Contacts whose refunds took back a sale wholly: their totals need the slow way.
select distinct sale.contact_id
from sale
where sale.contact_id is not null
    and sale.voided_on is null
    and sale.amount > 0
    and sale.id in (select sale_id from refund where sale_id is not null and voided_on is null)
    and sale.amount <= (select sum(amount) from refund where sale_id = sale.id and voided_on is null);

-- name: clear
-- Before all totals are made anew.
delete from contact_total;

-- name: drop_one
-- Before one contact's totals are made anew.
delete from contact_total where contact_id = :contact;

-- name: add_one
-- One contact's totals, from the sales and refunds themselves.
insert into contact_total (contact_id, orders, revenue, first_on, last_on)
select :contact, orders, revenue - refunds, first_on, last_on
from
    (
        select
            count(*) filter (where counts) as orders,
            coalesce(sum(amount), 0) as revenue,
            min(sold_on) filter (where counts) as first_on,
            max(sold_on) filter (where counts) as last_on,
            count(*) as sales
        from (
            select
                amount,
                sold_on,
                amount = 0 or amount > coalesce(
                    (select sum(refund.amount) from refund where refund.sale_id = sale.id and refund.voided_on is null), 0
                ) as counts
            from sale
            where contact_id = :contact and voided_on is null
        )
    ),
    (
        select coalesce(sum(amount), 0) as refunds, count(*) as times
        from refund
        where contact_id = :contact and voided_on is null
    )
where sales > 0 or times > 0;

-- name: add_sale
-- A new sale, of which nothing can have been given back yet, as a trigger adds it.
insert into contact_total (contact_id, orders, revenue, first_on, last_on)
select :contact_id, 1, :amount, :sold_on, :sold_on
where :contact_id is not null and :voided_on is null
on conflict (contact_id) do update
set
    orders = orders + 1,
    revenue = revenue + excluded.revenue,
    first_on = coalesce(min(first_on, excluded.first_on), excluded.first_on),
    last_on = coalesce(max(last_on, excluded.last_on), excluded.last_on);

-- name: drop_triggers
-- Bulk loading does without the triggers, inside its own transaction.
drop trigger if exists sale_total_insert;
drop trigger if exists sale_total_update;
drop trigger if exists sale_total_delete;
drop trigger if exists refund_total_insert;
drop trigger if exists refund_total_update;
drop trigger if exists refund_total_delete;
