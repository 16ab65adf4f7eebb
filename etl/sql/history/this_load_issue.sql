-- Findings of the snapshot.
select *
from load_issue
order by issue_no
