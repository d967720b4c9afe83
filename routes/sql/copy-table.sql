CREATE TABLE ${header.copy} USING DELTA AS
SELECT monotonically_increasing_id() AS n, to_json(struct(*), map('ignoreNullFields', 'false')) AS row
FROM ${header.from}
