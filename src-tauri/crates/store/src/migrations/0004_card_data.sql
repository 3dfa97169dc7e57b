-- Why something is kept although card data or a secret was found in it.

ALTER TABLE evidence ADD COLUMN card_data_reason TEXT;

ALTER TABLE answer ADD COLUMN card_data_reason TEXT;
