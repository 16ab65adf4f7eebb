-- What a unit reported for itself beside what the units right below it reported, by stage and source, of a year at the
-- unit's last cut-off up to a month. They need not be equal: departments and lower levels have shares of their own.
with parts as (
    select unit_code
    from admin_unit
    where parent_code = $unit and $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

whole as (
    select
        stage,
        source_group,
        period_end,
        sum(amount_vnd_million) as own_amount
    from mart_funding
    where unit_code = $unit
        and year = $year
        and origin_year = year
        and period_end <= $month
        and value_kind = 'actual'
        and stage in ('allocated', 'disbursed', 'mobilised')
    group by stage, source_group, period_end
    qualify period_end = max(period_end) over (partition by stage)
)

select
    whole.stage,
    whole.source_group,
    whole.period_end,
    whole.own_amount,
    sum(part.amount_vnd_million) as parts_amount,
    whole.own_amount - sum(part.amount_vnd_million) as difference,
    count(distinct part.unit_code) as reporting,
    (select count(*) from parts) as units
from whole
inner join mart_funding as part
    on whole.stage = part.stage
    and whole.source_group = part.source_group
    and whole.period_end = part.period_end
    and part.year = $year
    and part.origin_year = $year
    and part.value_kind = 'actual'
    and part.unit_code in (select unit_code from parts)
group by whole.stage, whole.source_group, whole.period_end, whole.own_amount
order by
    list_position(['allocated', 'disbursed', 'mobilised'], whole.stage),
    list_position(
        ['central', 'local', 'integrated', 'credit', 'enterprise', 'community', 'other'], whole.source_group
    )
