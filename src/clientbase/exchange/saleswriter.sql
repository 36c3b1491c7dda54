-- Sales and refunds of a file: which are in the base already, and writing the others.

-- name: known_refs
-- Sales and refunds, voided ones too, that have one of the references.
select wanted.value, 1 as sign, sale.import_id, sale.sold_on as day, sale.amount, sale.contact_id
from json_each(:keys) as wanted
cross join sale indexed by sale_ref on sale.ref = wanted.value
union all
select wanted.value, -1, refund.import_id, refund.refunded_on, refund.amount, refund.contact_id
from json_each(:keys) as wanted
cross join refund indexed by refund_ref on refund.ref = wanted.value;

-- name: known_fingerprints
-- Whose import the sales and refunds with one of the fingerprints are.
select wanted.value, sale.import_id
from json_each(:keys) as wanted
cross join sale indexed by sale_fingerprint on sale.fingerprint = wanted.value
union all
select wanted.value, refund.import_id
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

-- name: make_written
-- Which sale each group of rows became, for refunds that name it.
create temp table if not exists written (sale text primary key, id integer) without rowid;

-- name: forget_written
-- Before an import, and after it.
delete from temp.written;

-- name: wrote
-- A group of rows became a sale.
insert or replace into temp.written values (?, ?);

-- name: written
-- The sale that a group of rows became.
select id from temp.written where sale = :sale;

-- name: heights
-- The highest numbers that sales and refunds were ever given.
select name, seq from sqlite_sequence where name in ('sale', 'refund');

-- name: add_sale
-- A sale.
insert into sale (
    id, contact_id, sold_on, amount, discount, ref, channel_id, note, import_id, fingerprint
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_refund
-- A refund.
insert into refund (
    id, contact_id, sale_id, refunded_on, amount, ref, note, import_id, fingerprint
) values (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_numbered_sale
-- A sale with a reference of which a plain file tells.
insert into sale (id, contact_id, sold_on, amount, ref, import_id)
values (?, ?, ?, ?, ?, ?);

-- name: add_loose_sale
-- A sale without a reference of which a plain file tells.
insert into sale (id, contact_id, sold_on, amount, fingerprint, import_id)
values (?, ?, ?, ?, ?, ?);

-- name: add_full_sale
-- A sale with a channel of which a plain file tells.
insert into sale (id, contact_id, sold_on, amount, ref, import_id, fingerprint, channel_id)
values (?, ?, ?, ?, ?, ?, ?, ?);

-- name: add_bare_line
-- A line of a sale of which neither quantity nor price is told.
insert into sale_line (sale_id, product_id, quantity, amount) values (?, ?, 1, ?);

-- name: add_sale_line
-- A line of a sale.
insert into sale_line (sale_id, product_id, quantity, price, amount) values (?, ?, ?, ?, ?);

-- name: add_refund_line
-- A line of a refund.
insert into refund_line (refund_id, product_id, quantity, price, amount) values (?, ?, ?, ?, ?);

-- name: sale_of_ref
-- The sale that has a reference.
select id from sale where ref = :ref;
