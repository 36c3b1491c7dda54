-- What somebody is to the business; every border is a setting.

-- name: frequency_class
case
    when below.orders = 0 then null
    when below.orders_in_window >= :regular then 'regular'
    when below.orders_in_window >= :periodic then 'periodic'
    else 'one-time'
end

-- name: value_class
case
    when below.orders = 0 then null
    when below.typical_order < :value_low then 'economy'
    when below.typical_order > :value_high then 'vip'
    else 'standard'
end

-- name: last_sign_on
-- The last of sale (refunded since or not), enquiry, incoming activity and entry.
max(
    coalesce(below.entered_on, ''),
    coalesce(below.last_enquiry_on, ''),
    coalesce(below.last_incoming_on, ''),
    coalesce((
        select max(sale.sold_on)
        from sale
        where sale.contact_id = below.contact_id and sale.voided_on is null and sale.sold_on <= :today
    ), '')
)

-- name: days_silent
cast(julianday(:today) - julianday(below.last_sign_on) as integer)

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
        left join thing on thing.id = field_value.thing_id
        where field_value.contact_id = below.contact_id
            and field.type = 'date'
            and field_value.value >= :today
            and (thing.dropped_on is null or thing.dropped_on > :today)
    )
)

-- name: base
case
    when below.days_silent >= :dead_after and not below.awaited then 'dead'
    when below.orders = 0 then 'potential'
    when (below.value_class = 'vip' and below.orders >= :periodic) or exists (
        select 1
        from contact_tag
        inner join tag on tag.id = contact_tag.tag_id
        where contact_tag.contact_id = below.contact_id and tag.name_key = 'vip'
    ) then 'vip'
    when below.orders >= :regular and below.first_sale_on <= :partner_since then 'partner'
    when below.orders >= :regular then 'regular'
    when below.orders >= :periodic and below.days_since_first_sale >= :active_after then 'active'
    else 'working'
end

-- name: sleeping
-- How many times the rhythm is in hundredths, so that the comparison is exact.
case
    when below.orders = 0 then 0
    when below.days_since_sale > :sleeping_after then 1
    when below.days_since_sale <= :sleeping_least then 0
    else coalesce(100 * below.days_since_sale > :sleeping_rhythm * below.rhythm_days, 0)
end

-- name: days_asleep
-- Quiet days beyond those after which the client sleeps: 1 on the first day.
case
    when below.sleeping then below.days_since_sale - min(
        :sleeping_after,
        max(:sleeping_least, coalesce(cast(:sleeping_rhythm * below.rhythm_days / 100 as integer), :sleeping_after))
    )
end

-- name: late
case
    when below.orders = 0 or below.days_since_sale <= :late_least or below.sleeping then 0
    else coalesce(
        100 * below.days_since_sale > :late_rhythm * below.rhythm_days
        and below.days_since_sale > below.long_gap_days,
        0
    )
end

-- name: days_late
-- Quiet days beyond those after which the client is late: 1 on the first day.
case
    when below.late then below.days_since_sale - max(
        :late_least,
        cast(:late_rhythm * below.rhythm_days / 100 as integer),
        below.long_gap_days
    )
end

-- name: awake_until
-- The last day on which the client does not sleep yet, if nothing is bought.
case
    when below.orders > 0 then date(below.last_sale_on, '+' || min(
        :sleeping_after,
        max(:sleeping_least, coalesce(cast(:sleeping_rhythm * below.rhythm_days / 100 as integer), :sleeping_after))
    ) || ' days')
end

-- name: abc
-- Revenue decides alone, for equal ones share a class; `abc_a` and `abc_b` are the least of A and B.
case
    when below.orders = 0 then null
    when below.revenue >= :abc_a then 'A'
    when below.revenue >= :abc_b then 'B'
    else 'C'
end

-- name: xyz
gap_class(below.days_of_purchase, :xyz_x, :xyz_y, :xyz_days)

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
100 * below.rfm_r + 10 * below.rfm_f + below.rfm_m

-- name: rfm_segment
-- New Customers needs one order; the rest of that cell is Potential Loyalist.
case
    when below.orders > 1 and below.rfm_r = 5 and below.rfm_f = 1 then 'Potential Loyalist'
    else json_extract(:rfm_grid, '$[' || (5 - below.rfm_r) || '][' || (below.rfm_f - 1) || ']')
end
