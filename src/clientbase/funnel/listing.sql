-- name: rows
-- Leads by number as the lists show them, in the order of the numbers given. The next step is
-- the first of the reminders that are open for a lead.
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
    lead.wants,
    lead.expects,
    lead.expected_by,
    step.what as next_step,
    step.listed_on as next_step_on,
    channel.name as channel,
    coalesce(lead.manager, contact.manager) as manager,
    lead.opened_on,
    (select max(moved_on) from stage_move where lead_id = lead.id) as moved_on,
    case
        when lead.state = 'open' then
            cast(
                julianday(:today) - julianday(
                    max(
                        (select max(moved_on) from stage_move where lead_id = lead.id),
                        coalesce(
                            (select max(happened_on) from activity where contact_id = lead.contact_id),
                            ''
                        )
                    )
                )
                as integer
            )
    end as days_idle,
    lead.closed_on,
    lead.lost_reason,
    lead.lost_note,
    lead.sale_id,
    lead.note
from json_each(:leads) as wanted
cross join lead on lead.id = wanted.value
cross join contact on contact.id = lead.contact_id
cross join stage on stage.id = lead.stage_id
left join channel on channel.id = lead.channel_id
-- What is open for a lost lead is to ask once more, and no next step.
left join reminder as step on lead.state = 'open' and step.id = (
    select id
    from reminder
    where lead_id = lead.id and state = 'open'
    order by listed_on, id
    limit 1
)
order by wanted.key;

-- name: any
-- Whether there is a lead at all.
select exists (select 1 from lead);

-- name: list
-- Leads by what is asked for, the oldest first.
select lead.id
from lead
where lead.state in (select value from json_each(:states))
    and (:stage is null or lead.stage_id = :stage)
    and (:temperature is null or lead.temperature = :temperature)
    and (:channel is null or lead.channel_id = :channel)
    and (
        :managers is null
        or coalesce(
            lead.manager, (select manager from contact where id = lead.contact_id)
        ) in (select value from json_each(:managers))
    )
    and (
        not :stepless
        or (
            lead.state = 'open'
            and not exists (select 1 from reminder where lead_id = lead.id and state = 'open')
        )
    )
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
    stage_move.reason,
    stage_move.who,
    stage_move.note
from stage_move
inner join stage as target on target.id = stage_move.to_stage_id
left join stage as origin on origin.id = stage_move.from_stage_id
where stage_move.lead_id = :lead
order by stage_move.id;
