-- What the units of a province (or of one district) in force at a month owe for works, by the latest two lists on or before
-- the month that tell of each: list_no 1 is the latest, 2 the one before. A list tells of the whole area of the unit that
-- reports it: one row without an amount where it names nothing of a unit. A unit that no list tells of has one row without
-- a list. is_counted: where a list states a unit's total beside its works, the total counts and nothing is added twice.
with units as (
    select
        unit_code,
        level,
        name,
        kind,
        is_rural_commune,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where province_code = $province
        and ($district is null or district_code = $district)
        and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

list as (
    select distinct
        reporting_unit_code,
        period_end
    from source_file
    where form = 'arrears' and rows_loaded > 0 and period_end <= $month
),

told as (
    select distinct
        units.unit_code,
        list.period_end,
        dense_rank() over (partition by units.unit_code order by list.period_end desc) as list_no
    from units
    inner join list
        on list.reporting_unit_code in (units.unit_code, units.district_code, units.province_code)
        and list.period_end between units.valid_from and units.valid_to
    qualify list_no <= 2
)

select
    units.unit_code,
    units.level,
    units.name,
    units.is_rural_commune,
    units.district_code,
    district.name as district_name,
    told.period_end,
    told.list_no,
    arrears.work,
    arrears.category,
    arrears.started_year,
    arrears.finished_year,
    arrears.amount_vnd_million,
    arrears.amount_vnd_million is not null
    and (arrears.work is null or count(*) filter (where arrears.work is null) over unit_list = 0) as is_counted,
    arrears.is_approximate,
    arrears.plan,
    file.path,
    arrears.sheet,
    arrears.cell,
    arrears.source_id
from units
left join admin_unit as district
    on units.district_code = district.unit_code
    and district.level = 'district'
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
left join told on units.unit_code = told.unit_code
left join arrears on told.unit_code = arrears.unit_code and told.period_end = arrears.period_end
left join (select distinct source_id, sheet, path from source_file) as file
    on arrears.source_id = file.source_id and arrears.sheet = file.sheet
window unit_list as (partition by units.unit_code, told.period_end)
order by told.list_no, arrears.amount_vnd_million desc, units.district_code, units.unit_code
