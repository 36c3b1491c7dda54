-- What a row of contacts brings beside the contact's own row.

-- name: has_value
-- Whether a contact has a value of a custom field.
select exists (select 1 from field_value where contact_id = :contact and field_id = :field);

-- name: add_value
-- A value of a custom field.
insert into field_value (contact_id, field_id, value) values (:contact, :field, :value);

-- name: has_tag
-- Whether a contact has a tag.
select exists (
    select 1
    from contact_tag
    inner join tag on tag.id = contact_tag.tag_id
    where contact_tag.contact_id = :contact and tag.name_key = :key
);

-- name: make_numbered
-- Which contact bears which number in the file, and by which number each was referred.
create temp table if not exists numbered (contact integer primary key, number integer, referrer integer);

-- name: forget_numbered
-- Before an import, and after it.
delete from temp.numbered;

-- name: number
-- A row of the file is a contact.
insert or ignore into temp.numbered values (:contact, :number, :referrer);

-- name: refer
-- Who referred a contact is filled where it was empty and is known.
update contact set
    referred_by_id = (
        select other.contact
        from temp.numbered as one
        inner join temp.numbered as other on other.number = one.referrer
        where one.contact = contact.id
    )
where referred_by_id is null
    and id in (
        select one.contact
        from temp.numbered as one
        inner join temp.numbered as other on other.number = one.referrer
        where one.contact <> other.contact
    );
