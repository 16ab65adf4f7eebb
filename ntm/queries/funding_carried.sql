-- Money of a unit that was carried over from an earlier budget (origin_year) into the year that it is used in. It is added
-- to no year's own money, and its rate is over what was carried over alone.
select *
from mart_funding
where unit_code = $unit and origin_year != year
order by origin_year, year, period_end, stage, source_code, nature
