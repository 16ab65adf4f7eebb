-- Money that is a thousand times, or a thousandth of, what the same unit, source and stage had the time before, or what
-- the snapshot before this one had at the same place: a sheet whose unit of money was taken for another. One finding a
-- sheet, at its first such cell.
with successive as (
    select
        *,
        lag(amount_vnd_million) over same_money as other_amount,
        lag(source_id) over same_money as other_source_id,
        lag(sheet) over same_money as other_sheet,
        lag(cell) over same_money as other_cell
    from funding
    where amount_vnd_million != 0
    window same_money as (
        -- A month of its own and the year so far are not of one size.
        partition by
            unit_code, source_code, nature, stage, value_kind, component_no, detail,
            is_cumulative, period_start = make_date(year, 1, 1), year - origin_year
        order by period_end, year, reported_on
    )
),

compared as (
    select
        source_id, sheet, cell, amount_vnd_million, other_amount, other_source_id, other_sheet, other_cell,
        false as is_before
    from successive
    where other_amount is not null
    union all
    select
        now.source_id, now.sheet, now.cell, now.amount_vnd_million, before.amount_vnd_million,
        before.source_id, before.sheet, before.cell, true as is_before
    from funding as now
    inner join before_funding as before
        on now.unit_code = before.unit_code
        and now.year = before.year
        and now.origin_year = coalesce(before.origin_year, before.year)
        and now.period_start = before.period_start
        and now.period_end = before.period_end
        and now.is_cumulative = before.is_cumulative
        and now.source_code = before.source_code
        and now.nature is not distinct from before.nature
        and now.stage = before.stage
        and now.value_kind = before.value_kind
        and now.component_no is not distinct from before.component_no
        and now.detail is not distinct from before.detail
    where before.amount_vnd_million != 0
),

place as (
    select source_id, false as is_before, any_value(path) as path from source_file group by source_id
    union all
    select source_id, true as is_before, any_value(path) as path from before_source_file group by source_id
),

suspect as (
    select
        compared.*,
        regexp_extract(cell, '[0-9]+')::integer as row_no,
        amount_vnd_million / other_amount as ratio
    from compared
    where ratio between $low and $high or 1 / ratio between $low and $high
)

select
    'MONEY_UNIT_SUSPECT' as code,
    suspect.source_id,
    any_value(own.path) as path,
    suspect.sheet,
    arg_min(suspect.cell, (row_no, suspect.cell)) as cell,
    arg_min(suspect.amount_vnd_million, (row_no, suspect.cell)) as amount,
    arg_min(other_amount, (row_no, suspect.cell)) as other_amount,
    arg_min(
        concat_ws(' › ', other.path, suspect.other_sheet, suspect.other_cell), (row_no, suspect.cell)
    ) as other,
    count(distinct suspect.cell) as count
from suspect
left join place as own on suspect.source_id = own.source_id and not own.is_before
left join place as other on suspect.other_source_id = other.source_id and suspect.is_before = other.is_before
group by suspect.source_id, suspect.sheet
order by path, suspect.sheet
