DROP FUNCTION shop.last_total(text);
DROP TABLE shop.reports;
