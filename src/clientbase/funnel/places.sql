-- name: place
-- Where a lead stands, the day of its last move, and the sale that won it.
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
    ) as moved_on,
    (select id from sale where id = lead.sale_id and voided_on is null) as sale_id
from lead
inner join stage on stage.id = lead.stage_id
inner join contact on contact.id = lead.contact_id
where lead.id = :lead;
