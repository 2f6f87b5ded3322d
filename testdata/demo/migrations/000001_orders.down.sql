DROP TABLE shop.orders;
DROP SEQUENCE shop.order_numbers;
