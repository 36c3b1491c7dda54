-- name: sifted
-- Of some contacts, or of all: why each can't be reached by a way, or null. `covering` are the
-- ways of which one stopped is enough, `points` are [way, kind of point], `address` tells that
-- the way needs an address instead. Each list is made once, whoever is asked for.
with
way (name, kind) as materialized (select value ->> 0, value ->> 1 from json_each(:points)),
-- Who stopped something may have stopped all that is left of a way, messenger by messenger.
stopper (contact_id) as materialized (select distinct contact_id from contact_stop),
reachable (contact_id) as materialized (
    select distinct point.contact_id
    from stopper
    inner join contact_point as point on point.contact_id = stopper.contact_id
    inner join way on way.kind = point.kind
    where not exists (
        select 1 from contact_stop where contact_id = stopper.contact_id and contact_stop.way = way.name
    )
)
select
    contact.id,
    case
        when contact.id in (select contact_id from leaving where back_on is null) then 'left'
        when contact.id in (
            select contact_id from contact_stop where way in (select value from json_each(:covering))
        ) then 'stopped'
        when :address then iif(contact.address is null, 'unreachable', null)
        when contact.id not in (
            select contact_id from contact_point where kind in (select kind from way)
        ) then 'unreachable'
        when contact.id in (select contact_id from stopper)
            and contact.id not in (select contact_id from reachable) then 'stopped'
    end as why
from contact
where :contacts is null or contact.id in (select value from json_each(:contacts))
order by contact.id;

-- name: unwilling
-- How many of some contacts have stopped something, or have left and did not come back.
select count(*)
from (
    select contact_id from contact_stop
    union
    select contact_id from leaving where back_on is null
)
where contact_id in (select value from json_each(:contacts));
