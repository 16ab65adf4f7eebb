-- Lines of the national capital plan of a period, as published: by source, parts of a part after it, totals last.
select *
from capital_plan
where period = $period
order by
    is_total,
    list_position(['central', 'local', 'integrated', 'credit', 'enterprise', 'community', 'other'], source_code),
    nature nulls first,
    amount_vnd_billion
