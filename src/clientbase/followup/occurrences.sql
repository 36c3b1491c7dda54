-- What the rules yield, derived from birthdays and date fields of contacts and of their things.

-- name: drift
-- Where the reminders made by rules differ from what the rules yield on a day: occurrences
-- without a row (reminder_id is null) and open rows that no rule yields any more. With `rule`:
-- of that rule alone. `since` is the day by which occurrences expire, most often `day` itself.
-- What comes each year is looked for from the day on which the rule was made. What comes once is
-- still to be done however long ago its day was: nobody would come back to it.
-- What comes each year expires by its day. What comes once expires by its day too, but where
-- something else was done for the contact before that, by the end of the pause which then began.
-- What is of a thing is known by the thing, whoever it belonged to then.
with recursive
rule as (
    select
        id,
        source,
        field_id,
        repeats,
        days_before,
        expires_after,
        case repeats
            when 'yearly' then max(made_on, coalesce(date(:since, -expires_after || ' days'), made_on))
            else coalesce(date(:since, -expires_after || ' days'), '')
        end as first_day,
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
renewed (rule_id, contact_id, thing_id, due_on, expires_after, last_day) as (
    select
        rule.id,
        field_value.contact_id,
        field_value.thing_id,
        field_value.value,
        rule.expires_after,
        date(field_value.value, rule.expires_after || ' days')
    from rule
    cross join told
    cross join field_value
        on field_value.contact_id = told.contact_id and field_value.field_id = rule.field_id
    where rule.repeats = 'once'
        and rule.expires_after is not null
        -- By the index of contacts: they are few, and the days that are long past are many.
        and +field_value.value < rule.first_day
    union
    select
        renewed.rule_id,
        renewed.contact_id,
        renewed.thing_id,
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
-- Whose birthday a day is. A birthday without a year sorts before any day, and who is born on the
-- day itself has none yet.
born (day, contacts) as (
    select day, group_concat(contact_id)
    from (
        select yearly.day, contact.id as contact_id
        from (select distinct day, month_day from yearly where source = 'birthday') as yearly
        cross join contact on substr(contact.birthday, -5) = yearly.month_day
        where contact.birthday is not null and contact.birthday < yearly.day
        order by yearly.day, contact.id
    )
    group by day
),
-- A day of a rule over birthdays is settled where those have a row whose birthday it is, and
-- nobody else: there is nothing to look for on most days but the last one.
birthday (rule_id, day, month_day, settled) as materialized (
    select
        yearly.rule_id,
        yearly.day,
        yearly.month_day,
        born.contacts is (
            select group_concat(contact_id)
            from (
                select contact_id
                from reminder
                where reminder.rule_id = yearly.rule_id and reminder.due_on = yearly.day
                order by contact_id
            )
        )
    from yearly
    left join born on born.day = yearly.day
    where yearly.source = 'birthday'
),
-- Apart, or else SQLite reads all birthdays to spare some look-ups.
unsettled (rule_id, day, month_day) as materialized (
    select rule_id, day, month_day from birthday where not settled
),
dated (rule_id, contact_id, thing_id, due_on) as (
    select unsettled.rule_id, contact.id, null, unsettled.day
    from unsettled
    cross join contact on substr(contact.birthday, -5) = unsettled.month_day
    where contact.birthday is not null and contact.birthday < unsettled.day
    union all
    select rule.id, field_value.contact_id, field_value.thing_id, field_value.value
    from rule
    cross join field_value on field_value.field_id = rule.field_id
    where rule.repeats = 'once' and field_value.value between rule.first_day and rule.last_day
    union all
    select distinct rule_id, contact_id, thing_id, due_on from renewed where last_day >= :since
    union all
    select rule.id, field_value.contact_id, field_value.thing_id, yearly.day
    from rule
    cross join field_value on field_value.field_id = rule.field_id
    cross join yearly on yearly.rule_id = rule.id and yearly.month_day = substr(field_value.value, -5)
    where rule.repeats = 'yearly' and field_value.value <= yearly.day
),
occurrence (rule_id, contact_id, thing_id, due_on) as (
    select rule_id, contact_id, thing_id, due_on
    from dated
    where thing_id is null
        or exists (select 1 from thing where thing.id = dated.thing_id and thing.dropped_on is null)
)
select
    null as reminder_id,
    occurrence.rule_id,
    occurrence.contact_id,
    occurrence.thing_id,
    occurrence.due_on,
    date(occurrence.due_on, -rule.days_before || ' days') as listed_on
from occurrence
inner join rule on rule.id = occurrence.rule_id
where case
    when occurrence.thing_id is null then not exists (
        select 1 from reminder
        where reminder.rule_id = occurrence.rule_id
            and reminder.contact_id = occurrence.contact_id
            and reminder.due_on = occurrence.due_on
            and reminder.thing_id is null
    )
    else not exists (
        select 1 from reminder
        where reminder.thing_id = occurrence.thing_id
            and reminder.rule_id = occurrence.rule_id
            and reminder.due_on = occurrence.due_on
    )
end
union all
select
    reminder.id,
    reminder.rule_id,
    reminder.contact_id,
    reminder.thing_id,
    reminder.due_on,
    reminder.listed_on
-- By the index of what is open: most reminders are done.
from reminder indexed by reminder_listed
left join birthday
    on birthday.rule_id = reminder.rule_id and birthday.day = reminder.due_on and birthday.settled
left join occurrence
    on occurrence.rule_id = reminder.rule_id
        and occurrence.contact_id = reminder.contact_id
        and occurrence.due_on = reminder.due_on
        and occurrence.thing_id is reminder.thing_id
where reminder.state = 'open'
    and +reminder.rule_id is not null
    and not reminder.snoozed
    and (:rule is null or +reminder.rule_id = :rule)
    and birthday.rule_id is null
    and occurrence.rule_id is null;

-- name: keep
-- An occurrence that has come gets its number.
insert into reminder (contact_id, rule_id, thing_id, due_on, listed_on, what, how, asked)
select :contact, id, :thing, :due_on, :listed_on, what, how, asked from reminder_rule where id = :rule;

-- name: vanish
-- An open occurrence that its rule no longer yields.
delete from reminder where id = :id;
