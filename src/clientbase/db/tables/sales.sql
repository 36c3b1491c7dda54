-- Who bought what, when and for how much.


create table product (
    id integer primary key autoincrement,
    name text not null,
    name_key text not null unique check (name_key <> ''),
    category text,
    replenish_days integer check (replenish_days > 0)
) strict;

-- `amount` is what was paid, the discount taken off. `fingerprint` knows it, whatever
-- became of its reference, when its file or its export comes again.
create table sale (
    id integer primary key autoincrement,
    contact_id integer references contact (id),
    sold_on text not null check (sold_on is date(sold_on, '+0 days')),
    amount integer not null check (amount >= 0),
    discount integer not null default 0 check (discount >= 0),
    ref text check (ref <> ''),
    channel_id integer references channel (id),
    promo text check (promo <> ''),
    note text,
    import_id integer references import (id),
    fingerprint integer,
    voided_on text check (voided_on is date(voided_on, '+0 days')),
    void_reason text
) strict;
create index sale_contact on sale (contact_id, sold_on, amount, voided_on) where contact_id is not null;
create index sale_day on sale (sold_on, amount);
create index sale_nobody on sale (sold_on, amount, voided_on) where contact_id is null;
create index sale_promo on sale (promo, sold_on) where promo is not null;
create unique index sale_ref on sale (ref) where ref is not null;
create unique index sale_fingerprint on sale (fingerprint) where fingerprint is not null;

-- `price` is text, because a price may be finer than the currency's smallest coin.
create table sale_line (
    id integer primary key autoincrement,
    sale_id integer not null references sale (id),
    product_id integer not null references product (id),
    quantity real not null,
    price text,
    amount integer not null
) strict;
create index sale_line_sale on sale_line (sale_id);
create index sale_line_product on sale_line (product_id);

create table refund (
    id integer primary key autoincrement,
    contact_id integer references contact (id),
    sale_id integer references sale (id),
    refunded_on text not null check (refunded_on is date(refunded_on, '+0 days')),
    amount integer not null check (amount > 0),
    ref text check (ref <> ''),
    note text,
    import_id integer references import (id),
    fingerprint integer,
    voided_on text check (voided_on is date(voided_on, '+0 days')),
    void_reason text
) strict;
create index refund_contact on refund (contact_id, refunded_on) where contact_id is not null;
create index refund_sale on refund (sale_id) where sale_id is not null;
create index refund_day on refund (refunded_on);
create unique index refund_ref on refund (ref) where ref is not null;
create unique index refund_fingerprint on refund (fingerprint) where fingerprint is not null;

create table refund_line (
    id integer primary key autoincrement,
    refund_id integer not null references refund (id),
    product_id integer not null references product (id),
    quantity real not null,
    price text,
    amount integer not null
) strict;
create index refund_line_refund on refund_line (refund_id);
create index refund_line_product on refund_line (product_id);

-- What can be derived is derived, but for this one table: kept by the triggers of totals.sql.
-- `average_order` is a ratio of minor units, not an amount.
create table contact_total (
    contact_id integer primary key references contact (id),
    orders integer not null,
    revenue integer not null,
    first_on text,
    last_on text,
    average_order real generated always as (1.0 * revenue / nullif(orders, 0)) virtual
) strict;
create index contact_total_orders on contact_total (orders);
create index contact_total_revenue on contact_total (revenue) where orders > 0;
create index contact_total_average on contact_total (average_order) where orders > 0;
create index contact_total_last on contact_total (last_on) where orders > 0;
