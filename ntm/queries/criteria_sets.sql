-- Criteria sets.
select *
from criteria_set
order by unit_level, valid_from nulls last, set_code
