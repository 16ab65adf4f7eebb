-- The loads that led to the snapshot, the newest first.
select *
from load_history
order by built_at desc
