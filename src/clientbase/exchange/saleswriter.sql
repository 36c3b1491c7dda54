-- Writing the sales and refunds of a file.

-- name: make_written
-- Which sale each group of rows became, for refunds that name it.
create temp table if not exists written (sale text primary key, id integer) without rowid;

-- name: forget_written
-- Before an import, and after it.
delete from temp.written;

-- name: wrote
-- A group of rows became a sale.
insert or replace into temp.written values (?, ?);

-- name: sale_of_mark
-- The sale that a group of rows became, or that was there already, and who bought.
select sale.id, sale.contact_id
from temp.written
inner join sale on sale.id = written.id
where written.sale = :sale
union all
select id, contact_id from sale where fingerprint = :fingerprint;

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
-- The sale that has a reference, and who bought.
select id, contact_id from sale where ref = :ref;
