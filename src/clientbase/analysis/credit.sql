-- name: leads
-- Leads of a period by channel, by who looks after them, by kind and by what became of them up to
-- the day. Kinds are told where they are asked for.
select
    lead.channel_id,
    coalesce(lead.manager, contact.manager) as manager,
    case when :kinds then (select kind from enquiry where lead_id = lead.id) end as kind,
    case when last.reason = 'junk' then 'junk' else last.to_state end as state,
    count(*)
from lead
inner join contact on contact.id = lead.contact_id
inner join stage_move as last on last.id = (
    select id
    from stage_move
    where lead_id = lead.id and moved_on <= :today
    order by moved_on desc, id desc
    limit 1
)
where lead.opened_on between :first and :last
group by 1, 2, 3, 4;

-- name: money
-- Clients of a period by the channel that is credited with them and by who looks after them: how
-- many, how many of them bought for the first time, how many came back ever, orders, revenue.
-- The channel is that of the first order ever, or of the last one up to the end of the period:
-- its own, else that of the lead it won, else the one by which the contact came. Where all was given
-- back, the money that came and went is of the channel of what was bought.
, given as (
    select contact_id, sum(amount) as amount
    from refund
    where contact_id is not null and voided_on is null and refunded_on between :first and :last
    group by contact_id
),

bought as (
    select
        contact_id,
        sum(case when sold_on >= :first then amount else 0 end) as revenue,
        count(*) as ever,
        sum(sold_on >= :first) as orders,
        min(sold_on) as first_on,
        max(sold_on) as last_on
    from sale
    where contact_id is not null
        and voided_on is null
        and sold_on <= :last
        and id not in (select id from returned)
    group by contact_id
),

client as materialized (
    select
        contact_id,
        sum(revenue) as revenue,
        sum(ever) as ever,
        sum(orders) as orders,
        coalesce(max(first_on), min(undone_on)) as first_on,
        coalesce(max(last_on), max(undone_on)) as last_on
    from (
        select contact_id, revenue, ever, orders, first_on, last_on, null as undone_on from bought
        union all
        select contact_id, case when sold_on >= :first then amount else 0 end, 0, 0, null, null, sold_on
        from sale
        where id in (select id from returned) and contact_id is not null and sold_on <= :last
        union all
        select contact_id, -amount, 0, 0, null, null, null from given
    )
    group by contact_id
    having sum(orders) > 0 or sum(revenue) <> 0
),

credited as (
    select
        client.*,
        contact.manager,
        coalesce(
            sale.channel_id,
            (select channel_id from lead where sale_id = sale.id),
            contact.channel_id
        ) as channel_id
    from client
    inner join contact on contact.id = client.contact_id
    left join sale on sale.id = case
        when :credit = 'first' then (
            select id
            from sale
            where contact_id = client.contact_id
                and sold_on = client.first_on
                and voided_on is null
                and (client.ever = 0 or id not in (select id from returned))
            order by id
            limit 1
        )
        when :credit = 'last' then (
            select id
            from sale
            where contact_id = client.contact_id
                and sold_on = client.last_on
                and voided_on is null
                and (client.ever = 0 or id not in (select id from returned))
            order by id desc
            limit 1
        )
    end
)

select
    channel_id,
    manager,
    sum(orders > 0),
    sum(orders > 0 and first_on >= :first),
    sum(orders > 0 and ever > 1),
    sum(orders),
    sum(revenue)
from credited
group by channel_id, manager;

-- name: nobodys
-- Sales and refunds of nobody in a period, by the channel of the sale.
select channel_id, sum(orders), sum(amount)
from (
    select
        sale.channel_id,
        sale.id not in (select id from returned) as orders,
        amount
    from sale
    where contact_id is null and voided_on is null and sold_on between :first and :last
    union all
    select (select channel_id from sale where id = refund.sale_id), 0, -amount
    from refund
    where contact_id is null and voided_on is null and refunded_on between :first and :last
)
group by channel_id;
