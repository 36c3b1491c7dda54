-- name: all
-- The stages in their order.
select id, position, name, temperature, name_key from stage where dropped_on is null order by position;

-- name: listing
-- The stages in their order, or one of them, counted from 1, with how many open leads are there.
select id, place, name, temperature, waiting, coalesce(idle_after, :idle)
from (
    select
        stage.id,
        row_number() over (order by stage.position) as place,
        stage.name,
        stage.temperature,
        stage.idle_after,
        (select count(*) from lead where lead.state = 'open' and lead.stage_id = stage.id) as waiting
    from stage
    where stage.dropped_on is null
)
where :stage is null or id = :stage
order by place;

-- name: order
-- All stages in their order, dropped ones too.
select id from stage order by position, id;

-- name: add
-- A new stage.
insert into stage (position, name, name_key, temperature)
values (:position, :name, :key, :temperature)
returning id;

-- name: place
-- Where a stage stands, if that is another place than before.
update stage set position = :position where id = :stage and position <> :position;

-- name: rename
-- Another name of the same stage.
update stage set name = :name, name_key = :key where id = :stage;

-- name: edit
-- Another temperature for the leads that come there from now on.
update stage set temperature = :temperature where id = :stage;

-- name: let_idle
-- After how many days the leads that stand there are idle, if that is another number than before.
update stage set idle_after = :days where id = :stage and idle_after is not :days;

-- name: waiting
-- How many open leads are at a stage.
select count(*) from lead where state = 'open' and stage_id = :stage;

-- name: keep_moves
-- Each open lead of a dropped stage moves to the heir; a way never runs backwards.
insert into stage_move (lead_id, moved_on, from_stage_id, to_stage_id, to_state, to_temperature, who)
select
    id,
    max(:day, coalesce((select max(moved_on) from stage_move where lead_id = lead.id), '')),
    stage_id,
    :heir,
    state,
    :temperature,
    :who
from lead
where state = 'open' and stage_id = :stage
order by id;

-- name: hand_over
-- The open leads of a dropped stage are at the heir.
update lead set stage_id = :heir, temperature = :temperature where state = 'open' and stage_id = :stage;

-- name: drop
-- A stage that leads pass no more; it stays for the sake of the moves through it.
update stage set dropped_on = :day where id = :stage;

-- name: dropped
-- The name of a stage, if it is dropped.
select name from stage where id = :stage and dropped_on is not null;
