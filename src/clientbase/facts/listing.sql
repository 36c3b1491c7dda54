-- What is asked of the facts that stand before these statements.

-- name: by_name
-- In the order of an index on the names, so that the first rows come at once.
select * from facts order by name_key, organisation_key, contact_id;

-- name: count
-- How many they are.
select count(*) from facts;

-- name: count_everyone
-- The same of the whole base, by an index: all contacts but those who came later.
select
    (select count(*) from contact)
    - (
        select count(*)
        from contact
        where entered_on > :today
            and not exists (
                select 1 from sale
                where sale.contact_id = contact.id and sale.sold_on <= :today and sale.voided_on is null
            )
            and not exists (select 1 from lead where lead.contact_id = contact.id and lead.opened_on <= :today)
    );
