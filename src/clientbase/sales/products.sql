-- name: known
-- The product of a name, compared folded, and its category.
select id, category from product where name_key = :key;

-- name: add
-- A new product.
insert into product (name, name_key, category) values (:name, :key, :category) returning id;

-- name: categorise
-- Files a product that was sold without a category until now.
update product set category = :category where id = :id;

-- name: names
-- The names of all products, in the order of the alphabet.
select name from product order by name_key;
