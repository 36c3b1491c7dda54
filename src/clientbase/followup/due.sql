-- name: listed
-- Open reminders that are listed by a day.
select id from reminder where state = 'open' and listed_on <= :day;

-- name: rows
-- Reminders by number, and occurrences that have none yet ([rule, contact, thing, day]), with
-- whom they are for; the earliest first, on one day the client who brought most. Of one contact the
-- strongest comes first: birthdays before fields, then by the age of the rule. `held` are those
-- of rules where one was done within `pause` days, but for contacts with an open lead; what was
-- typed or put off by hand never is.
with item (reminder_id, rule_id, contact_id, thing_id, happens_on, due_on, what, how, every, by_hand, lead_id, asked) as (
    select
        id,
        rule_id,
        contact_id,
        thing_id,
        due_on,
        max(due_on, listed_on),
        what,
        how,
        every,
        rule_id is null or snoozed,
        lead_id,
        asked
    from reminder
    where id in (select value from json_each(:ids))
    union all
    select
        null,
        rule.id,
        value ->> 1,
        value ->> 2,
        value ->> 3,
        value ->> 3,
        rule.what,
        rule.how,
        null,
        0,
        null,
        rule.asked
    from json_each(:ahead)
    inner join reminder_rule as rule on rule.id = value ->> 0
),
paused (contact_id) as (
    select contact_id
    from reminder
    where :pause > 0
        and state = 'done'
        and rule_id is not null
        and closed_on > date(:day, -:pause || ' days')
        and not exists (
            -- By the contact's index: there may be many open ones.
            select 1 from lead
            where lead.contact_id = reminder.contact_id and +lead.state = 'open'
        )
)
select
    item.reminder_id,
    item.due_on,
    item.contact_id,
    contact.name,
    thing.name as thing,
    (
        select shown from contact_point
        where contact_id = item.contact_id and kind = 'phone' order by id limit 1
    ) as phone,
    (
        select shown from contact_point
        where contact_id = item.contact_id and kind = 'email' order by id limit 1
    ) as email,
    item.how,
    contact.preferred_channel,
    contact.hours,
    item.what,
    coalesce(total.revenue, 0) as worth,
    coalesce(lead.manager, contact.manager) as manager,
    item.happens_on,
    item.every,
    rule.source,
    rule.repeats,
    coalesce(field.name, rule.name) as named,
    case when rule.source = 'birthday' then contact.birthday else field_value.value end as origin,
    item.by_hand,
    not item.by_hand and item.contact_id in (select contact_id from paused) as held,
    item.lead_id,
    stage.name as stage,
    coalesce(lead.state, '') = 'lost' as lost,
    item.asked
from item
inner join contact on contact.id = item.contact_id
left join contact_total as total on total.contact_id = item.contact_id
left join reminder_rule as rule on rule.id = item.rule_id
left join field on field.id = rule.field_id
left join thing on thing.id = item.thing_id
left join lead on lead.id = item.lead_id
left join stage on stage.id = lead.stage_id
left join field_value
    on field_value.contact_id = item.contact_id
    and field_value.field_id = rule.field_id
    and field_value.thing_id is item.thing_id
order by
    item.due_on,
    worth desc,
    item.contact_id,
    rule.source <> 'birthday',
    item.rule_id,
    item.thing_id,
    item.reminder_id;
