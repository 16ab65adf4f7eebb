-- Findings of the load.
select *
from load_issue
order by case severity when 'block' then 1 when 'ask' then 2 else 3 end, issue_no
