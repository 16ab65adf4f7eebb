-- A sheet has at least as many findings as rows that were set aside, all its tables together.
with rejected as (
    select
        source_id,
        path,
        sheet,
        sum(rows_rejected) as rows_rejected
    from source_file
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
