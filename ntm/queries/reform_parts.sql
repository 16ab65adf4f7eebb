-- Today's units that took in communes of a province, with every old unit that went into each and where that stood at
-- the month. An old unit whose way to today is not known has no new one; one that was divided stands at each.
with recursive unit as (
    select
        unit_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = 'commune'
),

-- Changes follow each other: a unit may merge in one year and again in 2025. No unit changed ten times.
followed as (
    select
        unit_code as old_code,
        unit_code,
        valid_to,
        false as is_partial,
        0 as steps
    from unit
    where $month between valid_from and valid_to
    union
    select
        followed.old_code,
        unit.unit_code,
        unit.valid_to,
        followed.is_partial or change.is_partial,
        followed.steps + 1
    from followed
    inner join unit_change as change
        on followed.unit_code = change.old_code and change.change_date = followed.valid_to + 1
    inner join unit
        on change.new_code = unit.unit_code and change.change_date between unit.valid_from and unit.valid_to
    where followed.valid_to < date '9999-12-31' and followed.steps < 10
),

part as (
    select
        old_code,
        unit_code as new_code,
        bool_or(is_partial) as is_partial
    from followed
    where valid_to = date '9999-12-31'
    group by all
)

select
    new_unit.unit_code as new_code,
    new_unit.name as new_name,
    old_unit.unit_code as old_code,
    old_unit.name as old_name,
    old_unit.kind as old_kind,
    old_unit.is_rural_commune,
    district.name as district_name,
    old_unit.province_code,
    province.name as province_name,
    old_unit.province_code != $province as is_outside,
    coalesce(part.is_partial, false) as is_partial,
    standing.standard,
    standing.criteria_met,
    standing.criteria_total,
    standing.is_count_known,
    standing.last_report,
    standing.set_code
from admin_unit as old_unit
left join part on old_unit.unit_code = part.old_code
left join admin_unit as new_unit
    on part.new_code = new_unit.unit_code and new_unit.level = 'commune' and new_unit.valid_to is null
left join admin_unit as district
    on old_unit.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join admin_unit as province
    on old_unit.province_code = province.unit_code
    and province.level = 'province'
    and $month between province.valid_from and coalesce(province.valid_to, date '9999-12-31')
left join mart_commune_month as standing
    on old_unit.unit_code = standing.unit_code and standing.period_end = $month
where old_unit.level = 'commune'
    and $month between old_unit.valid_from and coalesce(old_unit.valid_to, date '9999-12-31')
qualify bool_or(old_unit.province_code = $province) over (partition by new_unit.unit_code)
    and (new_unit.unit_code is not null or old_unit.province_code = $province)
order by new_unit.unit_code, old_unit.unit_code
