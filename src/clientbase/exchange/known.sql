-- Which sales and refunds of a file are in the base already.

-- name: refs
-- Sales and refunds, voided ones too, that have one of the references.
select wanted.value, 1 as sign, sale.import_id, sale.sold_on as day, sale.amount, sale.contact_id
from json_each(:keys) as wanted
cross join sale indexed by sale_ref on sale.ref = wanted.value
union all
select wanted.value, -1, refund.import_id, refund.refunded_on, refund.amount, refund.contact_id
from json_each(:keys) as wanted
cross join refund indexed by refund_ref on refund.ref = wanted.value;

-- name: former
-- References of sales that have another one now, or none; the journal keeps what they were.
select change.before ->> 'ref', 1 as sign, sale.import_id, sale.sold_on as day, sale.amount, sale.contact_id
from change
inner join sale on sale.id = change.row_id
where change.table_name = 'sale'
    and change.kind = 'update'
    and change.before ->> 'ref' <> coalesce(sale.ref, '');

-- name: fingerprints
-- Those that have one of the fingerprints.
select wanted.value, 1 as sign, sale.import_id, sale.sold_on as day, sale.amount, sale.contact_id
from json_each(:keys) as wanted
cross join sale indexed by sale_fingerprint on sale.fingerprint = wanted.value
union all
select wanted.value, -1, refund.import_id, refund.refunded_on, refund.amount, refund.contact_id
from json_each(:keys) as wanted
cross join refund indexed by refund_fingerprint on refund.fingerprint = wanted.value;

-- name: make_seen
-- Fingerprints of earlier imports that came again in this file.
create temp table if not exists seen (fingerprint integer primary key);

-- name: forget_seen
-- Before an import, and after it.
delete from temp.seen;

-- name: seen
-- Which of the fingerprints came in this file already.
select wanted.value
from json_each(:keys) as wanted
inner join temp.seen on seen.fingerprint = wanted.value;

-- name: see
-- A fingerprint came.
insert or ignore into temp.seen values (?);

-- name: make_passed
-- References and marks of this file of which the base does not keep that it brought them.
create temp table if not exists passed (name text primary key, known integer) without rowid;

-- name: forget_passed
-- Before an import, and after it.
delete from temp.passed;

-- name: pass
-- A reference came; under one that the base had, nothing can have been written.
insert into temp.passed values (?, ?);

-- name: apart
-- Whether something was written under a reference of which a part was not.
select exists (
    select 1
    from temp.passed
    cross join sale indexed by sale_ref on sale.ref = passed.name
    where not passed.known and sale.import_id = :import
    union all
    select 1
    from temp.passed
    cross join refund indexed by refund_ref on refund.ref = passed.name
    where not passed.known and refund.import_id = :import
);
