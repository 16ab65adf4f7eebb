-- A sheet has at least as many findings as rows that were set aside, all its tables together. A table that a newer file
-- replaced has one finding for all its rows.
with rejected as (
    select
        source_id,
        path,
        sheet,
        sum(rows_rejected) as rows_rejected
    from source_file
    where replaced_by is null
    group by all
)

select
    rejected.path,
    rejected.sheet,
    rejected.rows_rejected,
    count(issue.code) as issues
from rejected
left join load_issue as issue using (source_id, sheet)
group by all
having count(issue.code) < rejected.rows_rejected
