-- Money disbursed since the start of the year that is less at a later date than at the one before, in another sheet;
-- within one the reader tells it.
with stated as (
    select
        *,
        lag(amount_vnd_million) over same_money as before_amount,
        lag(period_end) over same_money as before_period,
        lag([source_id, sheet]) over same_money as before_sheet
    from funding
    where is_cumulative and stage = 'disbursed' and value_kind = 'actual'
    window same_money as (
        partition by unit_code, year, origin_year, source_code, nature, component_no, detail
        order by period_end, reported_on
    )
)

select
    'MONEY_FELL' as code,
    source_id,
    path,
    stated.sheet,
    cell,
    amount_vnd_million as now,
    period_end as day,
    before_amount as before,
    before_period as before_day
from stated
left join (select source_id, any_value(path) as path from source_file group by source_id) using (source_id)
where amount_vnd_million < before_amount and [source_id, stated.sheet] != before_sheet
order by path, stated.sheet, cell
