-- What the official forms ask beyond a verdict (PCI DSS SAQ Appendices B, C, D; AOC Part 3).

ALTER TABLE answer ADD COLUMN worksheet TEXT NOT NULL DEFAULT '{}'; -- JSON object: point to text
