-- Everything about one contact.

-- name: contact
-- The core attributes and tags, with the names of the first channel and of who referred them.
select
    contact.external_id,
    contact.kind,
    contact.name,
    contact.organisation,
    contact.post,
    contact.birthday,
    contact.sex,
    contact.city,
    contact.region,
    contact.address,
    contact.occupation,
    contact.preferred_channel,
    contact.hours,
    contact.manager,
    channel.name as channel,
    contact.referred_by_id,
    referrer.name as referred_by,
    contact.note,
    contact.entered_on,
    contact.entered_by,
    (
        select json_group_array(name)
        from (
            select tag.name
            from contact_tag
            inner join tag on tag.id = contact_tag.tag_id
            where contact_tag.contact_id = contact.id
            order by tag.name_key
        )
    ) as tags
from contact
left join channel on channel.id = contact.channel_id
left join contact as referrer on referrer.id = contact.referred_by_id
where contact.id = :contact;

-- name: points
-- The phones, e-mails and messenger names, in this order, the oldest of each first.
select kind, shown, typed, checked
from contact_point
where contact_id = :contact
order by case kind when 'phone' then 1 when 'email' then 2 else 3 end, id;

-- name: fields
-- What the contact's own fields hold, in the order in which the fields were made.
select field.name, field.type, field_value.value
from field_value
inner join field on field.id = field_value.field_id
where field_value.contact_id = :contact and field_value.thing_id is null
order by field.id;

-- name: has_things
-- Whether anything belongs to the contact.
select exists (select 1 from thing where contact_id = :contact and dropped_on is null);

-- name: months
-- How many times was bought in each month since a day; voided sales don't count.
select substr(sold_on, 1, 7) as month, count(*)
from sale
where contact_id = :contact and sold_on >= :since and sold_on <= :today and voided_on is null
group by month;

-- name: favourites
-- The three products bought most often, by the number of sales and then by money; voided sales
-- don't count.
select json_group_array(name)
from (
    select product.name
    from sale
    inner join sale_line on sale_line.sale_id = sale.id
    inner join product on product.id = sale_line.product_id
    where sale.contact_id = :contact and sale.sold_on <= :today and sale.voided_on is null
    group by product.id
    order by count(distinct sale.id) desc, sum(sale_line.amount) desc, product.name_key
    limit 3
);

-- name: leads
-- The open enquiries, the oldest first.
select
    lead.id,
    lead.opened_on,
    stage.name as stage,
    lead.temperature,
    lead.wants,
    lead.expects,
    lead.expected_by,
    channel.name as channel,
    lead.manager,
    lead.note
from lead
inner join stage on stage.id = lead.stage_id
left join channel on channel.id = lead.channel_id
where lead.contact_id = :contact and lead.state = 'open'
order by lead.opened_on, lead.id;

-- name: reminders
-- What is still to be done, the next first.
select reminder.id, reminder.listed_on, thing.name, reminder.what, reminder.how, reminder.every
from reminder
left join thing on thing.id = reminder.thing_id
where reminder.contact_id = :contact and reminder.state = 'open'
order by reminder.listed_on, reminder.id;

-- name: history
-- All that happened, in the order of time. On one day an enquiry comes first, then what was
-- said, moves, sales, the end of a lead with the moves after it, refunds, and that they left.
-- Details are a JSON list of words.
select happened_on, event, number, details, lines, amount
from (
    select
        lead.opened_on as happened_on,
        1 as turn,
        'enquiry' as event,
        lead.id as number,
        json_array(channel.name, lead.wants, lead.note) as details,
        null as lines,
        null as amount
    from lead
    left join channel on channel.id = lead.channel_id
    where lead.contact_id = :contact

    union all

    select
        happened_on,
        2,
        kind,
        id,
        json_array(direction, what),
        null,
        null
    from activity
    where contact_id = :contact

    union all

    select
        move.moved_on,
        -- On one day the moves are told in their order, and after the sale from the one on that
        -- ends the lead.
        (
            select case when max(same.to_state <> 'open') then 5 else 3 end + count(*) / 1000000.0
            from stage_move as same
            where same.lead_id = move.lead_id and same.moved_on = move.moved_on and same.id <= move.id
        ),
        'move',
        move.lead_id,
        json_array(
            case
                when move.to_state <> 'open' then source.name || ' → ' || move.to_state
                when before.to_state <> 'open' then before.to_state || ' → ' || target.name
                when source.id = target.id then target.name || ': ' || move.to_temperature
                else source.name || ' → ' || target.name
            end,
            move.reason,
            move.note
        ),
        null,
        null
    from lead
    inner join stage_move as move on move.lead_id = lead.id
    inner join stage_move as before on before.id = (
        select max(id) from stage_move where lead_id = move.lead_id and id < move.id
    )
    inner join stage as source on source.id = move.from_stage_id
    inner join stage as target on target.id = move.to_stage_id
    where lead.contact_id = :contact

    union all

    select
        sale.sold_on,
        4,
        case when sale.voided_on is null then 'sale' else 'voided sale' end,
        sale.id,
        json_array(sale.ref, channel.name, sale.note, sale.void_reason),
        (
            select json_group_array(json_array(name, quantity, lines))
            from (
                -- The first three are named, the rest are counted.
                select
                    product.name,
                    sale_line.quantity,
                    (select count(*) from sale_line where sale_id = sale.id) as lines
                from sale_line
                inner join product on product.id = sale_line.product_id
                where sale_line.sale_id = sale.id
                order by sale_line.id
                limit 3
            )
        ),
        sale.amount
    from sale
    left join channel on channel.id = sale.channel_id
    where sale.contact_id = :contact

    union all

    select
        refunded_on,
        6,
        case when voided_on is null then 'refund' else 'voided refund' end,
        id,
        json_array(ref, note, void_reason),
        null,
        -amount
    from refund
    where contact_id = :contact

    union all

    select left_on, 7, 'left', null, json_array(left_reason), null, null
    from contact
    where id = :contact and left_on is not null
)
order by happened_on, turn, number;
