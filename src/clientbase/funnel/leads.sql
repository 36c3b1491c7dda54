-- name: add
-- A new enquiry; the mark tells the sales that were recorded before it.
insert into lead (contact_id, stage_id, temperature, channel_id, manager, note, opened_on, sale_mark)
values (
    :contact,
    :stage,
    :temperature,
    :channel,
    :manager,
    :note,
    :day,
    coalesce((select max(id) from sale), 0)
)
returning id;

-- name: move
-- Keeps where a lead stands now as a move from where it stood before.
insert into stage_move (lead_id, moved_on, from_stage_id, to_stage_id, to_state, to_temperature, reason, who, note)
select
    lead.id,
    :day,
    (select to_stage_id from stage_move where lead_id = lead.id order by id desc limit 1),
    lead.stage_id,
    lead.state,
    lead.temperature,
    lead.lost_reason,
    :who,
    :note
from lead
where lead.id = :lead;

-- name: place
-- Where a lead stands, and the day of its last move.
select
    lead.id,
    lead.contact_id,
    contact.name,
    lead.state,
    lead.stage_id,
    stage.position,
    stage.name as stage,
    lead.temperature,
    lead.opened_on,
    coalesce(
        (select max(moved_on) from stage_move where lead_id = lead.id),
        lead.opened_on
    ) as moved_on
from lead
inner join stage on stage.id = lead.stage_id
inner join contact on contact.id = lead.contact_id
where lead.id = :lead;

-- name: advance
-- To another stage, which brings its temperature.
update lead set stage_id = :stage, temperature = :temperature where id = :lead;

-- name: lose
-- Out of the funnel, with the reason.
update lead
set state = 'lost', closed_on = :day, lost_reason = :reason, lost_note = :note
where id = :lead;

-- name: win
-- Out of the funnel by a sale.
update lead set state = 'won', closed_on = :day, sale_id = :sale where id = :lead;

-- name: reopen
-- Back into the funnel, where it stood.
update lead
set state = 'open', closed_on = null, lost_reason = null, lost_note = null, sale_id = null
where id = :lead;

-- name: won_by
-- The lead that a sale won.
select id from lead where sale_id = :sale;

-- name: open_of
-- The open leads of a contact, the oldest first.
select id
from lead
where contact_id = :contact and state = 'open' and opened_on <= :day
order by opened_on, id;

-- name: row
-- One lead as the lists show it.
with touch as (
    select
        (select max(moved_on) from stage_move where lead_id = :lead) as moved_on,
        (
            select max(happened_on)
            from activity
            where contact_id = (select contact_id from lead where id = :lead)
        ) as talked_on
)

select
    lead.id as lead_id,
    lead.contact_id,
    contact.name,
    (
        select shown
        from contact_point
        where contact_id = contact.id and kind = 'phone'
        order by id
        limit 1
    ) as phone,
    (select kind from enquiry where lead_id = lead.id) as kind,
    stage.name as stage,
    lead.temperature,
    lead.state,
    channel.name as channel,
    coalesce(lead.manager, contact.manager) as manager,
    lead.opened_on,
    touch.moved_on,
    case
        when lead.state = 'open' then
            cast(
                julianday(:today) - julianday(max(touch.moved_on, coalesce(touch.talked_on, '')))
                as integer
            )
    end as days_idle,
    lead.closed_on,
    lead.lost_reason,
    lead.lost_note,
    lead.sale_id,
    lead.note
from lead
inner join touch
inner join contact on contact.id = lead.contact_id
inner join stage on stage.id = lead.stage_id
left join channel on channel.id = lead.channel_id
where lead.id = :lead;

-- name: managers
-- Who looks after leads and contacts.
select manager from lead where manager is not null
union
select manager from contact where manager is not null;

-- name: candidate
-- What tells the leads of a contact apart.
select lead.id as lead_id, stage.name as stage, lead.opened_on, lead.note
from lead
inner join stage on stage.id = lead.stage_id
where lead.id = :lead;

-- name: list
-- Leads by what is asked for, the oldest first, with who looks after them.
select lead.id, coalesce(lead.manager, contact.manager) as manager
from lead
inner join contact on contact.id = lead.contact_id
where lead.state in (select value from json_each(:states))
    and (:stage is null or lead.stage_id = :stage)
    and (:temperature is null or lead.temperature = :temperature)
    and (:channel is null or lead.channel_id = :channel)
    and (
        :quiet_since is null
        or (
            lead.state = 'open'
            and (select max(moved_on) from stage_move where lead_id = lead.id) <= :quiet_since
            and not exists (
                select 1
                from activity
                where contact_id = lead.contact_id and happened_on > :quiet_since
            )
        )
    )
order by lead.opened_on, lead.id;

-- name: moves
-- The way of a lead through the funnel.
select
    stage_move.moved_on,
    origin.name as from_stage,
    target.name as to_stage,
    stage_move.to_state as state,
    stage_move.to_temperature as temperature,
    stage_move.who,
    stage_move.note
from stage_move
inner join stage as target on target.id = stage_move.to_stage_id
left join stage as origin on origin.id = stage_move.from_stage_id
where stage_move.lead_id = :lead
order by stage_move.id;
