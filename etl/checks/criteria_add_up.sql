-- Criteria met, not met and unknown make up the set; none is counted twice.
select
    unit_code,
    period_end,
    criteria_met,
    criteria_not_met,
    criteria_unknown,
    criteria_total
from mart_commune_month
where
    criteria_unknown < 0
    or criteria_not_met != len(unmet)
    or criteria_unknown != len(unknown)
