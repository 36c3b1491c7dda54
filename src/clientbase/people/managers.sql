-- Who looks after contacts and leads.

-- name: managers
-- Each spelling of a manager's name, of contacts and of leads.
select manager from contact where manager is not null
union
select manager from lead where manager is not null
order by manager;
