-- A sheet has at least as many findings as rows that were set aside.
select
    file.path,
    file.sheet,
    file.rows_rejected,
    count(issue.code) as issues
from source_file as file
left join load_issue as issue
    on file.source_id = issue.source_id and file.sheet = issue.sheet
group by all
having count(issue.code) < file.rows_rejected
