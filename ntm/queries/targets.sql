-- Targets of a unit with their progress at a month (or at the due date, when that is earlier), and their cells.
-- `base` is the number of units that a share is of, `other_base` the other one where the document leaves it open;
-- `communes_under` is how many communes stand under a floor.
with under as (
    select
        target.target_id,
        count(*) filter (where commune.is_count_known and commune.criteria_met < target.value) as communes
    from target
    inner join mart_commune_month as commune
        on target.scope_code in (commune.province_code, commune.district_code)
        and commune.period_end = least($month::date, last_day(target.due_date))
    where target.scope_code = $unit and target.metric = 'criteria_met_min' and target.value is not null
    group by target.target_id
)

select
    target.*,
    progress.period_end,
    progress.actual,
    progress.communes,
    progress.numerator,
    progress.denominator as base,
    progress.needed,
    progress.other_denominator as other_base,
    progress.other_needed,
    progress.gap,
    progress.is_reached,
    months.ntm_communes as ntm_now,
    months.known_communes,
    months.unknown_communes,
    months.criteria_met_sum,
    months.set_code,
    under.communes as communes_under,
    file.path
from target
left join mart_target_progress as progress
    on target.target_id = progress.target_id
    and progress.period_end = least($month::date, last_day(target.due_date))
left join mart_district_month as months
    on target.scope_code = months.unit_code and progress.period_end = months.period_end
left join under on target.target_id = under.target_id
left join source_file as file on target.source_id = file.source_id and target.sheet = file.sheet
where target.scope_code = $unit
order by target.due_date, target.metric, target.kind
