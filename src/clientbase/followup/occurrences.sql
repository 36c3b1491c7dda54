-- What the rules yield, derived from birthdays and date fields.

-- name: drift
-- Where the reminders made by rules differ from what the rules yield on a day: occurrences
-- without a row (reminder_id is null) and open rows that no rule yields any more. With `rule`:
-- of that rule alone. `since` is the day by which occurrences expire, most often `day` itself.
-- What comes each year expires by its day. What comes once expires by its day too, but where
-- something else was done for the contact before that, by the end of the pause which then began.
with recursive
rule as (
    select
        id,
        source,
        field_id,
        repeats,
        days_before,
        expires_after,
        made_on,
        max(made_on, coalesce(date(:since, -expires_after || ' days'), made_on)) as first_day,
        date(:day, days_before || ' days') as last_day
    from reminder_rule
    where dropped_on is null and (:rule is null or id = :rule)
),
calendar (rule_id, source, day) as (
    select id, source, first_day from rule where repeats = 'yearly' and first_day <= last_day
    union all
    select calendar.rule_id, calendar.source, date(calendar.day, '+1 day')
    from calendar
    inner join rule on rule.id = calendar.rule_id
    where calendar.day < rule.last_day
),
yearly (rule_id, source, day, month_day) as (
    select rule_id, source, day, substr(day, 6) from calendar
    union all
    -- 29 February falls on the 28th in common years.
    select rule_id, source, day, '02-29'
    from calendar
    where substr(day, 6) = '02-28' and substr(date(day, '+1 day'), 6) = '03-01'
),
-- Contacts for whom something was done so late that the pause after it may still count.
told (contact_id) as (
    -- By the index of days: reading all that was ever done to spare a sort would be slow.
    select distinct +contact_id
    from reminder
    where :pause > 0
        and state = 'done'
        and rule_id is not null
        and closed_on >= date(
            :since, -(:pause + (select max(expires_after) from rule where repeats = 'once')) || ' days'
        )
),
renewed (rule_id, contact_id, due_on, expires_after, last_day) as (
    select
        rule.id,
        field_value.contact_id,
        field_value.value,
        rule.expires_after,
        date(field_value.value, rule.expires_after || ' days')
    from rule
    cross join told
    cross join field_value
        on field_value.contact_id = told.contact_id and field_value.field_id = rule.field_id
    where rule.repeats = 'once'
        and rule.expires_after is not null
        and field_value.value >= rule.made_on
        and field_value.value < rule.first_day
    union
    select
        renewed.rule_id,
        renewed.contact_id,
        renewed.due_on,
        renewed.expires_after,
        date(
            (
                select max(reminder.closed_on)
                from reminder
                where reminder.contact_id = renewed.contact_id
                    and reminder.state = 'done'
                    and reminder.rule_id is not null
                    -- By the contact's index: there are few of one contact, and many of one day.
                    and +reminder.closed_on <= renewed.last_day
            ),
            (:pause + renewed.expires_after) || ' days'
        ) as next_last_day
    from renewed
    where next_last_day > renewed.last_day
),
occurrence (rule_id, contact_id, due_on) as (
    select yearly.rule_id, contact.id, yearly.day
    from contact
    cross join yearly on yearly.month_day = substr(contact.birthday, -5)
    where contact.birthday is not null
        -- Said twice, so that the index of birthdays is used and no other contact is read.
        and substr(contact.birthday, -5) in (select month_day from yearly where source = 'birthday')
        and yearly.source = 'birthday'
        and substr(contact.birthday, 1, 4) < substr(yearly.day, 1, 4)
    union all
    select rule.id, field_value.contact_id, field_value.value
    from rule
    cross join field_value on field_value.field_id = rule.field_id
    where rule.repeats = 'once' and field_value.value between rule.first_day and rule.last_day
    union all
    select distinct rule_id, contact_id, due_on from renewed where last_day >= :since
    union all
    select rule.id, field_value.contact_id, yearly.day
    from rule
    cross join field_value on field_value.field_id = rule.field_id
    cross join yearly on yearly.rule_id = rule.id and yearly.month_day = substr(field_value.value, -5)
    where rule.repeats = 'yearly' and field_value.value <= yearly.day
)
select
    null as reminder_id,
    occurrence.rule_id,
    occurrence.contact_id,
    occurrence.due_on,
    date(occurrence.due_on, -rule.days_before || ' days') as listed_on
from occurrence
inner join rule on rule.id = occurrence.rule_id
where not exists (
    select 1 from reminder
    where reminder.rule_id = occurrence.rule_id
        and reminder.contact_id = occurrence.contact_id
        and reminder.due_on = occurrence.due_on
)
union all
select id, rule_id, contact_id, due_on, listed_on
from reminder
where state = 'open'
    and +rule_id is not null
    and not snoozed
    and (:rule is null or +rule_id = :rule)
    and (rule_id, contact_id, due_on) not in (select rule_id, contact_id, due_on from occurrence);

-- name: keep
-- An occurrence that has come gets its number.
insert into reminder (contact_id, rule_id, due_on, listed_on, what, how)
select :contact, id, :due_on, :listed_on, what, how from reminder_rule where id = :rule;

-- name: vanish
-- An open occurrence that its rule no longer yields.
delete from reminder where id = :id;
