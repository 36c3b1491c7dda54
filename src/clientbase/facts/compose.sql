-- What a fact is made of. compose.py puts the ones that are asked for into layers: a fact that
-- reads `below.x` stands one layer over x. `:today` is the day as of which all is told.
-- Each is asked per contact, on an index, so that one contact, the first fifty and all are quick.

-- name: with purchase
-- Sales that are orders as of the day: not voided, not wholly refunded; amounts after refunds.
purchase as not materialized (
    select id, contact_id, sold_on, amount - refunded as amount
    from (
        select id, contact_id, sold_on, amount, coalesce((
            select sum(refund.amount)
            from refund
            where refund.sale_id = sale.id and refund.voided_on is null and refund.refunded_on <= :today
        ), 0) as refunded
        from sale
        where contact_id is not null and voided_on is null and sold_on <= :today
    )
    where amount = 0 or amount > refunded
)

-- name: with total_then
-- What contact_total would have been on a past day.
total_then as materialized (
    select
        contact_id,
        sum(orders) as orders,
        sum(revenue) as revenue,
        min(first_on) as first_on,
        max(last_on) as last_on,
        1.0 * sum(revenue) / nullif(sum(orders), 0) as average_order
    from (
        select contact_id, count(*) as orders, 0 as revenue, min(sold_on) as first_on, max(sold_on) as last_on
        from purchase
        group by contact_id
        union all
        select contact_id, 0, sum(amount), null, null
        from sale
        where contact_id is not null and voided_on is null and sold_on <= :today
        group by contact_id
        union all
        select contact_id, 0, -sum(amount), null, null
        from refund
        where contact_id is not null and voided_on is null and refunded_on <= :today
        group by contact_id
    )
    group by contact_id
)

-- name: from everyone
-- Whoever was in the base by the day.
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.entered_on <= :today
    or exists (
        select 1 from sale
        where sale.contact_id = contact.id and sale.sold_on <= :today and sale.voided_on is null
    )
    or exists (select 1 from lead where lead.contact_id = contact.id and lead.opened_on <= :today)

-- name: from one
-- One contact.
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.id = :contact_id

-- name: from these
-- The contacts of a JSON list of ids.
from contact
left join contact_total as total on total.contact_id = contact.id
where contact.id in (select value from json_each(:ids))

-- name: from clients
-- Contacts with an order: most of them have one, so that an index would be a detour.
from contact_total as total not indexed
inner join contact on contact.id = total.contact_id
where total.orders > 0

-- name: from clients alone
-- The same where nothing but their totals is asked for.
from contact_total as total not indexed
where total.orders > 0

-- name: contact_id
contact.id

-- name: contact_id of clients
total.contact_id

-- name: external_id
contact.external_id

-- name: kind
contact.kind

-- name: name
contact.name

-- name: name_key
contact.name_key

-- name: organisation
contact.organisation

-- name: organisation_key
contact.organisation_key

-- name: post
contact.post

-- name: sex
contact.sex

-- name: birthday
contact.birthday

-- name: city
contact.city

-- name: region
contact.region

-- name: address
contact.address

-- name: occupation
contact.occupation

-- name: preferred_channel
contact.preferred_channel

-- name: manager
contact.manager

-- name: note
contact.note

-- name: channel
(select channel.name from channel where channel.id = contact.channel_id)

-- name: entered_on
contact.entered_on

-- name: days_since_entry
cast(julianday(:today) - julianday(below.entered_on) as integer)

-- name: tags
(
    select json_group_array(name)
    from (
        select tag.name
        from contact_tag
        inner join tag on tag.id = contact_tag.tag_id
        where contact_tag.contact_id = below.contact_id
        order by tag.name_key
    )
)

-- name: tag_keys
-- One tag a line, for has().
(
    select group_concat(tag.name_key, char(10))
    from contact_tag
    inner join tag on tag.id = contact_tag.tag_id
    where contact_tag.contact_id = below.contact_id
)

-- name: phone
(
    select contact_point.shown
    from contact_point
    where contact_point.contact_id = below.contact_id and contact_point.kind = 'phone'
    order by contact_point.id
    limit 1
)

-- name: email
(
    select contact_point.shown
    from contact_point
    where contact_point.contact_id = below.contact_id and contact_point.kind = 'email'
    order by contact_point.id
    limit 1
)

-- name: has_phone
exists (
    select 1 from contact_point where contact_point.contact_id = below.contact_id and contact_point.kind = 'phone'
)

-- name: has_email
exists (
    select 1 from contact_point where contact_point.contact_id = below.contact_id and contact_point.kind = 'email'
)

-- name: birthday_this_year
-- 29 February falls on the 28th in common years.
:year || '-' || replace(substr(below.birthday, -5), '02-29', :leap_day)

-- name: next_birthday
case
    when below.birthday is null then null
    when below.birthday_this_year >= :today then below.birthday_this_year
    else (:year + 1) || '-' || replace(substr(below.birthday, -5), '02-29', :next_leap_day)
end

-- name: days_to_birthday
cast(julianday(below.next_birthday) - julianday(:today) as integer)

-- name: age
case
    when below.birthday like '____-__-__' and below.birthday <= :today
        then :year - substr(below.birthday, 1, 4) - (below.birthday_this_year > :today)
end

-- name: orders
coalesce(total.orders, 0)

-- name: revenue
coalesce(total.revenue, 0)

-- name: average_order
total.average_order

-- name: first_sale_on
total.first_on

-- name: last_sale_on
total.last_on

-- name: days_since_sale
cast(julianday(:today) - julianday(below.last_sale_on) as integer)

-- name: days_since_first_sale
cast(julianday(:today) - julianday(below.first_sale_on) as integer)

-- name: orders_in_window
case
    when :window_after is null then below.orders
    else (
        select count(*) from purchase where purchase.contact_id = below.contact_id and purchase.sold_on > :window_after
    )
end

-- name: frequency_class
case
    when below.orders = 0 then null
    when below.orders_in_window >= 4 then 'regular'
    when below.orders_in_window >= 2 then 'periodic'
    else 'one-time'
end

-- name: median_order
median((
    select group_concat(purchase.amount) from purchase where purchase.contact_id = below.contact_id
))

-- name: typical_order
-- What the value class is taken by; the median only where it is.
case
    when :by_median then median((
        select group_concat(purchase.amount) from purchase where purchase.contact_id = below.contact_id
    ))
    else below.average_order
end

-- name: value_class
case
    when below.orders = 0 then null
    when below.typical_order < :value_low then 'economy'
    when below.typical_order > :value_high then 'vip'
    else 'standard'
end

-- name: last_enquiry_on
(select max(lead.opened_on) from lead where lead.contact_id = below.contact_id and lead.opened_on <= :today)

-- name: days_since_enquiry
cast(julianday(:today) - julianday(below.last_enquiry_on) as integer)

-- name: open_leads
(
    select count(*)
    from lead
    where lead.contact_id = below.contact_id
        and lead.opened_on <= :today
        and (lead.closed_on is null or lead.closed_on > :today)
)

-- name: hottest_lead
-- The hottest open lead, the furthest and newest of equals, as temperature and stage.
(
    select temperature || char(10) || stage
    from (
        select stage.name as stage, stage.position, lead_then.temperature, lead_then.lead_id
        from (
            select
                lead.id as lead_id,
                coalesce(
                    (
                        select to_stage_id from stage_move
                        where lead_id = lead.id and moved_on <= :today and changed_later
                        order by moved_on desc, id desc limit 1
                    ),
                    lead.stage_id
                ) as stage_id,
                coalesce(
                    (
                        select to_temperature from stage_move
                        where lead_id = lead.id and moved_on <= :today and changed_later
                        order by moved_on desc, id desc limit 1
                    ),
                    lead.temperature
                ) as temperature
            from (
                select *, exists (
                    select 1 from stage_move where lead_id = lead.id and moved_on > :today
                ) as changed_later
                from lead
                where lead.contact_id = below.contact_id
                    and lead.opened_on <= :today
                    and (lead.closed_on is null or lead.closed_on > :today)
            ) as lead
        ) as lead_then
        inner join stage on stage.id = lead_then.stage_id
    )
    order by temperature = 'hot' desc, temperature = 'warm' desc, position desc, lead_id desc
    limit 1
)

-- name: temperature
substr(below.hottest_lead, 1, instr(below.hottest_lead, char(10)) - 1)

-- name: stage
substr(below.hottest_lead, instr(below.hottest_lead, char(10)) + 1)

-- name: last_activity_on
-- What was noted without talking is no talk.
(
    select max(activity.happened_on)
    from activity
    where activity.contact_id = below.contact_id and activity.kind <> 'note' and activity.happened_on <= :today
)

-- name: days_since_activity
cast(julianday(:today) - julianday(below.last_activity_on) as integer)

-- name: last_incoming_on
(
    select max(activity.happened_on)
    from activity
    where activity.contact_id = below.contact_id and activity.direction = 'in' and activity.happened_on <= :today
)

-- name: days_since_incoming
cast(julianday(:today) - julianday(below.last_incoming_on) as integer)

-- name: last_sign_on
-- The last of sale (refunded since or not), enquiry, incoming activity and entry; an entry after
-- the day does not count yet.
max(
    case when below.entered_on <= :today then below.entered_on else '' end,
    coalesce(below.last_enquiry_on, ''),
    coalesce(below.last_incoming_on, ''),
    coalesce((
        select max(sale.sold_on)
        from sale
        where sale.contact_id = below.contact_id and sale.voided_on is null and sale.sold_on <= :today
    ), '')
)

-- name: awaited
-- Something of them lies ahead: an open reminder or a dated service. Yearly dates do not count.
(
    exists (
        select 1
        from reminder
        left join reminder_rule on reminder_rule.id = reminder.rule_id
        where reminder.contact_id = below.contact_id
            and (reminder.closed_on is null or reminder.closed_on > :today)
            and reminder_rule.repeats is not 'yearly'
    )
    or exists (
        select 1
        from field_value
        inner join field on field.id = field_value.field_id
        where field_value.contact_id = below.contact_id and field.type = 'date' and field_value.value >= :today
    )
)

-- name: base
case
    when julianday(:today) - julianday(below.last_sign_on) >= :dead_after and not below.awaited then 'dead'
    when below.orders = 0 then 'potential'
    when (below.value_class = 'vip' and below.orders >= 2) or exists (
        select 1
        from contact_tag
        inner join tag on tag.id = contact_tag.tag_id
        where contact_tag.contact_id = below.contact_id and tag.name_key = 'vip'
    ) then 'vip'
    when below.orders >= 4 and below.first_sale_on <= :two_years_ago then 'partner'
    when below.orders >= 4 then 'regular'
    when below.orders >= 2 and below.days_since_first_sale >= 90 then 'active'
    else 'working'
end

-- name: days_of_purchase
-- Listed with commas, in any order.
(select group_concat(purchase.sold_on) from purchase where purchase.contact_id = below.contact_id)

-- name: rhythm_days
middle_gap(below.days_of_purchase)

-- name: long_gap_days
long_gap(below.days_of_purchase)

-- name: sleeping
case
    when below.orders = 0 then 0
    when below.days_since_sale > :sleeping_after then 1
    when below.days_since_sale <= 60 then 0
    else coalesce(below.days_since_sale > 3 * below.rhythm_days, 0)
end

-- name: late
case
    when below.orders = 0 or below.days_since_sale <= 14 or below.sleeping then 0
    else coalesce(
        below.days_since_sale > 1.5 * below.rhythm_days and below.days_since_sale > below.long_gap_days, 0
    )
end

-- name: rfm_r
-- A day before the k-th of :r1 to :r4 lies more days back than a cut of recency.
case
    when below.orders > 0 then :bins
        - (below.last_sale_on < :r1) - (below.last_sale_on < :r2)
        - (below.last_sale_on < :r3) - (below.last_sale_on < :r4)
end

-- name: rfm_f
case
    when below.orders > 0
        then 1 + (below.orders > :f1) + (below.orders > :f2) + (below.orders > :f3) + (below.orders > :f4)
end

-- name: rfm_m
case
    when below.orders > 0
        then 1 + (below.revenue > :m1) + (below.revenue > :m2) + (below.revenue > :m3) + (below.revenue > :m4)
end

-- name: rfm
-- New Customers needs one order; the rest of that cell is Potential Loyalist.
case
    when below.orders > 1 and below.rfm_r = 5 and below.rfm_f = 1 then 'Potential Loyalist'
    else json_extract(:rfm_grid, '$[' || (5 - below.rfm_r) || '][' || (below.rfm_f - 1) || ']')
end

-- name: field
-- A custom field of a contact; its number is put in for :field.
(
    select field_value.value
    from field_value
    where field_value.contact_id = below.contact_id and field_value.field_id = :field
)
