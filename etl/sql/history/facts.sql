-- How many facts the snapshot has.
select count(*) as facts
from fact_now
