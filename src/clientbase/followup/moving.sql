-- name: dated
-- The date that a reminder was made of, where its rule moves it on, if it is still that day.
select field_value.id, field_value.value, rule.every, field.name, coalesce(thing.name, contact.name)
from reminder
inner join reminder_rule as rule on rule.id = reminder.rule_id
inner join field on field.id = rule.field_id
inner join field_value
    on field_value.contact_id = reminder.contact_id
    and field_value.field_id = rule.field_id
    and field_value.thing_id is reminder.thing_id
inner join contact on contact.id = reminder.contact_id
left join thing on thing.id = reminder.thing_id
where reminder.id = :id and rule.every is not null and field_value.value = reminder.due_on;

-- name: put
-- The day that comes next.
update field_value set value = :day where id = :id;
