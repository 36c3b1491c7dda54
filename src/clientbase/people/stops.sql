-- name: of_contacts
-- What some contacts have stopped, the oldest first.
select id, contact_id, way, stopped_on, note
from contact_stop
where contact_id in (select value from json_each(:contacts))
order by id;

-- name: add
-- A way by which a contact does not wish to be reached.
insert into contact_stop (contact_id, way, stopped_on, note) values (:contact_id, :way, :day, :note);

-- name: word
-- Another note on a stop.
update contact_stop set note = :note where id = :stop_id;

-- name: drop
-- A stop is lifted.
delete from contact_stop where id = :stop_id;

-- name: silent
-- Which of [contact, ways that would do] are not to be reached: they stopped one of the ways, or
-- have left and did not come back.
select item.key
from json_each(:items) as item
where exists (
    select 1
    from contact_stop
    where contact_id = item.value ->> 0
        and way in (select value from json_each(item.value, '$[1]'))
)
or exists (select 1 from leaving where contact_id = item.value ->> 0 and back_on is null);

-- name: open_reminders
-- What is to be done for contacts, and how, unless they asked for it; the oldest first.
select reminder.id, reminder.contact_id, reminder.how
from json_each(:contacts) as wanted
inner join reminder on reminder.contact_id = wanted.value
where reminder.state = 'open' and reminder.asked = 0
order by reminder.id;
