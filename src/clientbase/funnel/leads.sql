-- name: add
-- A new enquiry; the mark tells the sales that were recorded before it.
insert into lead (
    contact_id, stage_id, temperature, channel_id, manager, wants, expects, expected_by, note, opened_on, sale_mark
)
values (
    :contact,
    :stage,
    :temperature,
    :channel_id,
    :manager,
    :wants,
    :expects,
    :expected_by,
    :note,
    :day,
    coalesce((select max(id) from sale), 0)
)
returning id;

-- name: read
-- What is said of a lead.
select wants, expects, expected_by, channel_id, manager, note from lead where id = :lead;

-- name: edit
-- What is said of a lead, as it is from now on.
update lead set
    wants = :wants,
    expects = :expects,
    expected_by = :expected_by,
    channel_id = :channel_id,
    manager = :manager,
    note = :note
where id = :lead;

-- name: keep
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

-- name: put
-- At a stage, with a temperature.
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
-- Back into the funnel.
update lead
set state = 'open', closed_on = null, lost_reason = null, lost_note = null, sale_id = null
where id = :lead;

-- name: won_by
-- The lead that a sale won.
select id from lead where sale_id = :sale;

-- name: skip_steps
-- Nothing is to be done for a lead that is closed, and nobody asks once more for one that is open
-- again: sales win leads too, so it is done here.
update reminder
set state = 'skipped', closed_on = :day
where lead_id = :lead and state = 'open'
returning id;

-- name: open_of
-- The open leads of a contact, the oldest first.
select id
from lead
where contact_id = :contact and state = 'open' and opened_on <= :day
order by opened_on, id;

-- name: candidate
-- What tells the leads of a contact apart.
select lead.id as lead_id, stage.name as stage, lead.opened_on, lead.wants, lead.note
from lead
inner join stage on stage.id = lead.stage_id
where lead.id = :lead;
