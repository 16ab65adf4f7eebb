-- Rules on counterpart funding that bind a province or a district at a day: of one source, payer and nature those of the
-- narrowest scope. What binds a province, its region or the country binds the province's money, not that of a district.
with unit as (
    select
        unit_code,
        level,
        region_code
    from admin_unit
    where unit_code = $unit
        and level in ('province', 'district')
        and $day between valid_from and coalesce(valid_to, date '9999-12-31')
)

select
    rule.*,
    case rule.scope_code when unit.unit_code then 1 when 'VN' then 3 else 2 end as scope_rank
from counterpart_rule as rule
inner join unit
    on rule.scope_code = unit.unit_code
    or (unit.level = 'province' and rule.scope_code in (unit.region_code, 'VN'))
where $day between coalesce(rule.valid_from, date '0001-01-01') and coalesce(rule.valid_to, date '9999-12-31')
qualify scope_rank = min(scope_rank) over (partition by rule.source_code, rule.paid_by, rule.nature)
order by rule.source_code, rule.paid_by, rule.nature, rule.area_note, rule.document
