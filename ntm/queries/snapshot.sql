-- The snapshot itself, and whether any sheet in it is illustrative.
select
    snapshot.*,
    (select count(*) from source_file where is_illustrative) as illustrative_sheets,
    (select count(*) from source_file) as sheets
from snapshot
