-- name: add
-- A new rule.
insert into reminder_rule
(name, name_key, source, field_id, repeats, days_before, expires_after, what, how, every, asked, made_on)
values
(:name, :name_key, :source, :field, :repeats, :days_before, :expires_after, :what, :how, :every, :asked, :made_on)
returning id;

-- name: edit
-- Another name, wording or timing.
update reminder_rule
set
    name = :name,
    name_key = :name_key,
    days_before = :days_before,
    expires_after = :expires_after,
    what = :what,
    how = :how,
    every = :every,
    asked = :asked
where id = :id;

-- name: reword
-- Open reminders of a rule say what the rule says now, unless they are done, skipped or put off.
update reminder
set what = :what, how = :how, asked = :asked
where rule_id = :id and state = 'open' and (what <> :what or how is not :how or asked <> :asked);

-- name: drop
-- A rule makes nothing any more; what was done by it stays.
update reminder_rule set dropped_on = :today, field_id = null where id = :id;

-- name: drop_open
-- What a dropped rule made and nobody has touched.
delete from reminder where rule_id = :id and state = 'open' and not snoozed;

-- name: all
-- The rules, in the order in which they were made.
select id, name from reminder_rule where dropped_on is null order by id;

-- name: listing
-- The rules, or one of them, with how many open reminders each has.
select
    rule.id,
    rule.name,
    rule.source,
    field.name,
    coalesce(thing_kind.name, 'contact'),
    rule.repeats,
    rule.every,
    rule.days_before,
    rule.expires_after,
    rule.what,
    rule.how,
    rule.asked,
    rule.made_on,
    (select count(*) from reminder where rule_id = rule.id and state = 'open')
from reminder_rule as rule
left join field on field.id = rule.field_id
left join thing_kind on thing_kind.id = field.thing_kind_id
where case when :rule is null then rule.dropped_on is null else rule.id = :rule end
order by rule.id;
