-- Money of a unit, all years, stages and cut-offs.
select *
from mart_funding
where unit_code = $unit
order by year, period_end, stage, source_code, nature
