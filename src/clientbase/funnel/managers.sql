-- name: manager
-- What a contact is called, and who looks after it.
select name, manager from contact where id = :contact;
