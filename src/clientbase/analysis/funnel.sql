-- name: stages
-- All stages in their order; one that was dropped after the day was none of the dropped then.
select id, name, temperature, case when dropped_on <= :today then dropped_on end
from stage
order by position, id;

-- name: any
-- Whether there is a lead at all, junk or not, of any day.
select exists (select 1 from lead);

-- name: ways
-- The leads by their way up to the day: moves in order, each the stage, what became of the lead
-- there, and the days since it was opened. With the last temperature and reason, and the amounts
-- that they are expected to bring.
select way, temperature, reason, count(*), count(expects), coalesce(sum(expects), 0)
from (
    select
        move.lead_id,
        max(move.id),
        group_concat(
            move.to_stage_id
            || case when move.reason = 'junk' then 'j' else substr(move.to_state, 1, 1) end
            || cast(julianday(move.moved_on) - julianday(lead.opened_on) as integer),
            ' '
        ) as way,
        move.to_temperature as temperature,
        move.reason as reason,
        lead.expects
    from (select * from stage_move order by lead_id, moved_on, id limit -1) as move
    inner join lead on lead.id = move.lead_id
    where move.moved_on <= :today
        and lead.opened_on between :first and :last
        and (:channel is null or lead.channel_id = :channel)
        and (
            :managers is null
            or coalesce(lead.manager, (select manager from contact where id = lead.contact_id))
            in (select value from json_each(:managers))
        )
    group by move.lead_id
)
group by way, temperature, reason;

-- name: idle
-- Open leads without a move or a talk for as long as their stage bears, the longest over it first.
select
    lead_id,
    contact_id,
    name,
    stage,
    temperature,
    days,
    idle_after,
    case when 2 * days >= 3 * idle_after then 'red' else 'amber' end
from (
    select
        lead.id as lead_id,
        lead.contact_id,
        contact.name,
        stage.name as stage,
        last.to_temperature as temperature,
        coalesce(stage.idle_after, :idle) as idle_after,
        cast(
            julianday(:today) - julianday(
                max(
                    last.moved_on,
                    coalesce(
                        (
                            select max(happened_on)
                            from activity
                            where activity.contact_id = lead.contact_id and happened_on <= :today
                        ),
                        ''
                    )
                )
            )
            as integer
        ) as days
    from lead
    inner join stage_move as last on last.id = (
        select id
        from stage_move
        where lead_id = lead.id and moved_on <= :today
        order by moved_on desc, id desc
        limit 1
    )
    inner join stage on stage.id = last.to_stage_id
    inner join contact on contact.id = lead.contact_id
    where last.to_state = 'open'
        and lead.opened_on between :first and :last
        and (:channel is null or lead.channel_id = :channel)
        and (
            :managers is null
            or coalesce(lead.manager, contact.manager) in (select value from json_each(:managers))
        )
)
where days >= idle_after
order by 1.0 * days / idle_after desc, lead_id;
