-- Plans that name the unit with a code at a month, for every year. Of two units with one code within the year planned for
-- the earlier is meant: plans of a year are made before or at its beginning.
with unit as (
    select
        unit_code,
        district_code,
        province_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    named.standard,
    named.target_year,
    named.kind,
    named.document,
    file.path,
    named.sheet,
    named.cell,
    named.source_id
from target_unit as named
inner join unit using (unit_code)
left join (select distinct source_id, sheet, path from source_file) as file
    on named.source_id = file.source_id and named.sheet = file.sheet
where unit.valid_from = (
    select min(other.valid_from)
    from admin_unit as other
    where other.unit_code = named.unit_code
        and coalesce(other.valid_to, date '9999-12-31') >= make_date(named.target_year, 1, 1)
)
order by named.target_year, named.standard, named.kind
