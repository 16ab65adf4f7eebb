-- Money of a unit, all years, stages and cut-offs: the years' own, without what was carried over from earlier budgets.
select *
from mart_funding
where unit_code = $unit and origin_year = year
order by year, period_end, stage, source_code, nature
