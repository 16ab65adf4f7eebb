-- OCOP products of a unit and the units within it, each ranking by its decision with its cell, and the day up to which lists
-- of the province tell of products (told_until): of later months nothing is known. One row without a product where lists
-- name none of the unit's; no row where there is no list.
with unit as (
    select unit_code, level, province_code
    from admin_unit
    where unit_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

list as (
    select last_day(max(file.period_end)) as told_until
    from source_file as file
    inner join unit
        on coalesce(
            (
                select reporter.province_code
                from admin_unit as reporter
                where reporter.unit_code = file.reporting_unit_code
                    and file.period_end between reporter.valid_from and coalesce(reporter.valid_to, date '9999-12-31')
            ),
            file.reporting_unit_code
        ) = coalesce(unit.province_code, unit.unit_code)
    where file.form = 'ocop_product' and file.rows_loaded > 0
    having max(file.period_end) is not null
),

product as (
    select
        ocop_product.*,
        file.path
    from ocop_product
    inner join (select distinct source_id, sheet, path, period_end from source_file) as file
        on ocop_product.source_id = file.source_id and ocop_product.sheet = file.sheet
    inner join admin_unit as place
        on ocop_product.unit_code = place.unit_code
        and file.period_end between place.valid_from and coalesce(place.valid_to, date '9999-12-31')
    where $unit in (place.unit_code, place.district_code, place.province_code)
)

select
    list.told_until,
    product.unit_code,
    product.name,
    product.producer,
    product.stars,
    product.decision_no,
    product.decision_date,
    product.valid_until,
    product.path,
    product.sheet,
    product.cell,
    product.source_id
from list
left join product on true
order by product.decision_date, product.unit_code, product.name
