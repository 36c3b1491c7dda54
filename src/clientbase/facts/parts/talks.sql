-- Enquiries and talks.

-- name: last_enquiry_on
(select max(lead.opened_on) from lead where lead.contact_id = below.contact_id and lead.opened_on <= :today)

-- name: days_since_enquiry
cast(julianday(:today) - julianday(below.last_enquiry_on) as integer)

-- name: open_leads
(
    select count(*)
    from lead
    where lead.contact_id = below.contact_id
        and lead.opened_on <= :today
        and case
            when exists (select 1 from stage_move where lead_id = lead.id and moved_on > :today) then coalesce(
                (
                    select to_state from stage_move
                    where lead_id = lead.id and moved_on <= :today
                    order by moved_on desc, id desc limit 1
                ),
                'open'
            )
            else lead.state
        end = 'open'
)

-- name: hottest_lead
-- The hottest open lead, the furthest and newest of equals, as temperature and stage.
(
    select temperature || char(10) || stage
    from (
        select stage.name as stage, stage.position, lead_then.temperature, lead_then.lead_id
        from (
            select
                lead.id as lead_id,
                coalesce(
                    (
                        select to_stage_id from stage_move
                        where lead_id = lead.id and moved_on <= :today and changed_later
                        order by moved_on desc, id desc limit 1
                    ),
                    lead.stage_id
                ) as stage_id,
                coalesce(
                    (
                        select to_temperature from stage_move
                        where lead_id = lead.id and moved_on <= :today and changed_later
                        order by moved_on desc, id desc limit 1
                    ),
                    lead.temperature
                ) as temperature,
                case
                    when changed_later then coalesce(
                        (
                            select to_state from stage_move
                            where lead_id = lead.id and moved_on <= :today
                            order by moved_on desc, id desc limit 1
                        ),
                        'open'
                    )
                    else lead.state
                end as state
            from (
                select *, exists (
                    select 1 from stage_move where lead_id = lead.id and moved_on > :today
                ) as changed_later
                from lead
                where lead.contact_id = below.contact_id
                    and lead.opened_on <= :today
            ) as lead
        ) as lead_then
        inner join stage on stage.id = lead_then.stage_id
        where lead_then.state = 'open'
    )
    order by temperature = 'hot' desc, temperature = 'warm' desc, position desc, lead_id desc
    limit 1
)

-- name: temperature
substr(below.hottest_lead, 1, instr(below.hottest_lead, char(10)) - 1)

-- name: stage
substr(below.hottest_lead, instr(below.hottest_lead, char(10)) + 1)

-- name: last_activity_on
-- What was noted without talking is no talk.
(
    select max(activity.happened_on)
    from activity
    where activity.contact_id = below.contact_id and activity.kind <> 'note' and activity.happened_on <= :today
)

-- name: days_since_activity
cast(julianday(:today) - julianday(below.last_activity_on) as integer)

-- name: last_incoming_on
(
    select max(activity.happened_on)
    from activity
    where activity.contact_id = below.contact_id and activity.direction = 'in' and activity.happened_on <= :today
)

-- name: days_since_incoming
cast(julianday(:today) - julianday(below.last_incoming_on) as integer)
