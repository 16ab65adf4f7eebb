-- Targets of the country and of regions.
select *
from target
where scope_code = 'VN' or scope_code similar to '[A-Z]+'
order by scope_code != 'VN', scope_code, metric
