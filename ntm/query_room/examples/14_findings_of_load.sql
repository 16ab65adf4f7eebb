-- vi: Khi nạp đã gặp những vấn đề nào, ở tệp nào, bao nhiêu lần?
-- en: Which findings did the load have, in which files, and how often?
select
    severity,
    code,
    path,
    count(*) as findings,
    min(cell) as one_cell,
    any_value(remedy_vi) as remedy_vi
from load_issue
group by severity, code, path
order by findings desc, severity, code
