-- name: names
-- The channels by number.
select id, name from channel order by name_key;

-- name: spending
-- What was spent on each channel in the months that a period touches.
select channel_id, sum(amount)
from channel_spending
where month between substr(:first, 1, 7) and substr(:last, 1, 7)
group by channel_id;

-- name: months
-- Spending month by month, the latest first.
select spending.month, channel.name, spending.amount
from channel_spending as spending
inner join channel on channel.id = spending.channel_id
where spending.month between substr(:first, 1, 7) and substr(:last, 1, 7)
order by spending.month desc, channel.name_key;

-- name: referrers
-- Who brought people that came in a period: how many, how many of them are clients by its end,
-- and all that they paid until then.
select
    referrer.id,
    referrer.external_id,
    referrer.name,
    count(*),
    coalesce(sum(total.orders > 0), 0),
    coalesce(sum(total.revenue), 0)
from contact
inner join contact as referrer on referrer.id = contact.referred_by_id
left join contact_total as total on total.contact_id = contact.id
where contact.referred_by_id is not null and contact.entered_on between :first and :last
group by referrer.id
order by 6 desc, 4 desc, referrer.id;

-- name: codes
-- The promo codes of sales of a period, each spelling once.
select distinct promo
from sale
where promo is not null and voided_on is null and +sold_on between :first and :last
order by promo;

-- name: promo
-- What was sold with promo codes in a period: orders, what is left of them after their refunds,
-- what was taken off, their clients, and those whose first order it was. The spellings of a code
-- have one place in the list `codes`.
, coded as materialized (
    select
        id, place, contact_id, sold_on, discount, amount - refunded as amount,
        id not in (select id from returned) as is_order
    from (
        select sale.*, code.value as place, coalesce(
            (
                select sum(amount)
                from refund
                where sale_id = sale.id and voided_on is null and refunded_on <= :last
            ),
            0
        ) as refunded
        from sale
        inner join json_each(:codes) as code on code.key = sale.promo
        where sale.promo is not null and sale.voided_on is null and +sale.sold_on between :first and :last
    )
),

first_order as materialized (
    select id
    from coded
    where is_order and not exists (
        select 1
        from sale as other
        where other.contact_id = coded.contact_id
            and other.voided_on is null
            and (
                other.sold_on < coded.sold_on
                or (other.sold_on = coded.sold_on and other.id < coded.id)
            )
            and other.id not in (select id from returned)
    )
)

select
    place,
    sum(is_order),
    sum(amount),
    sum(case when is_order then discount else 0 end),
    count(distinct case when is_order then contact_id end),
    count(distinct case when id in (select id from first_order) then contact_id end)
from coded
group by place;
