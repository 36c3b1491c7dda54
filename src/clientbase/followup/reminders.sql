-- name: add
-- A reminder typed by hand, or the next one of those that recur.
insert into reminder (contact_id, due_on, listed_on, what, how, every, started_on)
values (:contact, :due_on, :due_on, :what, :how, :every, :started_on)
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
    coalesce(reminder.how, contact.preferred_channel) as way
from reminder
inner join contact on contact.id = reminder.contact_id
where reminder.id = :id;

-- name: close
-- Done or skipped.
update reminder set state = :state, closed_on = :today, note = :note where id = :id;

-- name: snooze
-- Put off to a later day.
update reminder set listed_on = :day, snoozed = 1 where id = :id;
