-- What a task takes, costs and proves, how it comes back, and why texts are kept although card data
-- was found in them.

ALTER TABLE task ADD COLUMN effort_minutes INTEGER;
ALTER TABLE task ADD COLUMN cost_minor INTEGER;
ALTER TABLE task ADD COLUMN cost_currency TEXT;
ALTER TABLE task ADD COLUMN links TEXT NOT NULL DEFAULT '[]'; -- JSON list
ALTER TABLE task ADD COLUMN recurrence TEXT;
ALTER TABLE task ADD COLUMN proof TEXT NOT NULL DEFAULT '[]'; -- JSON list of evidence ids
ALTER TABLE task ADD COLUMN follows TEXT;
ALTER TABLE task ADD COLUMN card_data_reason TEXT;

ALTER TABLE task_comment ADD COLUMN card_data_reason TEXT;

ALTER TABLE provider ADD COLUMN card_data_reason TEXT;

ALTER TABLE profile ADD COLUMN card_data_reason TEXT;
