-- name: add
-- A reminder typed by hand, or the next one of those that recur, or one of a lead.
insert into reminder (contact_id, thing_id, lead_id, due_on, listed_on, what, how, every, started_on, asked)
values (:contact, :thing, :lead, :due_on, :due_on, :what, :how, :every, :started_on, :asked)
returning id;

-- name: read
-- One reminder as it is kept, and how the contact likes to be talked to.
select
    reminder.id,
    reminder.contact_id,
    reminder.due_on,
    reminder.listed_on,
    reminder.what,
    reminder.how,
    reminder.every,
    reminder.started_on,
    reminder.state,
    reminder.closed_on,
    coalesce(reminder.how, contact.preferred_channel) as way,
    reminder.lead_id,
    reminder.rule_id,
    reminder.thing_id,
    thing.name as thing,
    reminder.asked
from reminder
inner join contact on contact.id = reminder.contact_id
left join thing on thing.id = reminder.thing_id
where reminder.id = :id;

-- name: close
-- Done or skipped.
update reminder set state = :state, closed_on = :today, note = :note where id = :id;

-- name: stepless
-- A lead, if it is open and nothing is planned for it.
select id from lead
where id = :lead
    and state = 'open'
    and not exists (select 1 from reminder where lead_id = lead.id and state = 'open');

-- name: snooze
-- Put off to a later day.
update reminder set listed_on = :day, snoozed = 1 where id = :id;
