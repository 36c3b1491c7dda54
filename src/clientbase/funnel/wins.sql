-- name: won_by
-- The lead that a sale won: when it was opened, its last move, and the day of the move before.
select lead.id, lead.opened_on, last.id, max(earlier.moved_on)
from lead
inner join stage_move as last on last.id = (select max(id) from stage_move where lead_id = lead.id)
left join stage_move as earlier on earlier.lead_id = lead.id and earlier.id < last.id
where lead.sale_id = :sale
group by lead.id;

-- name: close
-- Won on another day.
update lead set closed_on = :day where id = :lead and closed_on <> :day;

-- name: date
-- The move into won is of that day too.
update stage_move set moved_on = :day where id = :move and moved_on <> :day;
