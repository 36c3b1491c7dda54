-- What belongs to somebody: pets, children, units. Numbers of kinds and fields are put in.

-- name: things-any
-- Whether there is a thing of a kind.
exists (
    select 1
    from thing
    where thing.contact_id = below.contact_id
        and thing.kind_id = :kind
        and thing.entered_on <= :today
        and (thing.dropped_on is null or thing.dropped_on > :today)
)

-- name: things-values
-- What a field of the things of a kind holds, as a JSON list.
(
    select json_group_array(field_value.value)
    from thing
    inner join field_value on field_value.thing_id = thing.id and field_value.field_id = :field
    where thing.contact_id = below.contact_id
        and thing.kind_id = :kind
        and thing.entered_on <= :today
        and (thing.dropped_on is null or thing.dropped_on > :today)
)
