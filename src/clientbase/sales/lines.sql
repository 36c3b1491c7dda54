-- name: add
-- One line of a sale.
insert into sale_line (sale_id, product_id, quantity, price, amount)
values (:sale, :product, :quantity, :price, :amount);

-- name: of_sale
-- The lines of a sale.
select product.name as product, line.quantity, line.price, line.amount
from sale_line as line
inner join product on product.id = line.product_id
where line.sale_id = :sale
order by line.id;

-- name: drop
-- All lines of a sale go; the journal keeps them.
delete from sale_line where sale_id = :sale;
