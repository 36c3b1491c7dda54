-- Loading many rows at once: what slows it down is put aside and made anew.

-- name: indexes
-- The indexes that bulk loading does without. Those that know a sale or a contact again are done
-- without only where there is none to be known.
select name, sql
from sqlite_schema
where type = 'index'
    and (
        name in (
            'sale_contact', 'sale_day', 'sale_line_sale', 'sale_line_product', 'refund_contact', 'refund_sale',
            'refund_day', 'refund_line_refund', 'refund_line_product'
        )
        or (name = 'sale_ref' and :first)
        or (name in ('contact_point_contact', 'contact_point_canonical') and not exists (select 1 from contact_point))
    )
order by name;

-- name: total_indexes
-- The indexes of the totals, which are made anew as a whole.
select name, sql from sqlite_schema where type = 'index' and tbl_name = 'contact_total' and sql is not null;

-- name: no_refs
-- Whether neither sales nor refunds have references yet.
select not exists (select 1 from sale where ref is not null)
    and not exists (select 1 from refund where ref is not null);

-- name: refs_twice
-- Whether a sale and a refund have one reference, of this import's.
select exists (
    select 1
    from refund
    cross join sale indexed by sale_ref on sale.ref = refund.ref
    where refund.import_id = :import and sale.import_id = :import
);

-- name: any_contact
-- Whether the base has a contact at all.
select exists (select 1 from contact);

-- name: height
-- The highest number that a sale was ever given.
select seq from sqlite_sequence where name = 'sale';

-- name: last_import
-- The highest number that an import was ever given.
select seq from sqlite_sequence where name = 'import';

-- name: add_import
-- What an import brought: every row that it made bears its number.
insert into import (id, kind, file, imported_on, rows) values (:id, :kind, :file, :today, :rows);

-- name: keep_going
-- Rows are written before those that they belong to.
pragma defer_foreign_keys = on;

-- name: proof
-- Whether what an import wrote belongs to what is there: every contact of a sale has its totals,
-- and those have their contact; the lines come from numbers that were given out.
select
    not exists (
        select 1 from contact_total where contact_id not in (select id from contact)
    )
    and not exists (select 1 from contact_point where import_id = :import and contact_id not in (select id from contact))
    and coalesce((select max(product_id) from sale_line), 0) <= coalesce((select max(id) from product), 0)
    and coalesce((select max(sale_id) from sale_line), 0) <= coalesce((select max(id) from sale), 0)
    and coalesce((select max(product_id) from refund_line), 0) <= coalesce((select max(id) from product), 0)
    and coalesce((select max(refund_id) from refund_line), 0) <= coalesce((select max(id) from refund), 0);
