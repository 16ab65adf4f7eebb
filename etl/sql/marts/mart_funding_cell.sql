-- The cells of the money of a year up to each cut-off, of every unit, source, nature, stage and kind of value: one row for
-- each cell, so that the cells of an amount add up to it.
--
-- Amounts of a period that begins on 1 January are those of the year so far: the cumulative one counts, else the one that
-- does not say so. Months and quarters of their own are never added to them; they are summed up where nothing reaches
-- from January to their end and all of them from January on are told, for every part of the source. Else it is unknown.
--
-- Money carried over from an earlier year's budget (origin_year) is told by itself, never with the year's own.
--
-- Two forms of one report tell of the same money (by source and by content): of what overlaps, that of one form counts.
-- Within one form nothing is told twice; contents (and details) that stand on several sheets overlap with none of theirs.
with recursive newest as (
    select
        funding.*,
        unit.valid_from,
        make_date(funding.year, 1, 1) as first_day,
        {
            'source_id': funding.source_id, 'sheet': funding.sheet, 'cell': funding.cell,
            'period_end': funding.period_end, 'amount': funding.amount_vnd_million
        } as own_cell,
        case
            when starts_with(funding.source_code, 'local') then 'local'
            else funding.source_code
        end as source_group
    from funding
    left join admin_unit as unit
        on funding.unit_code = unit.unit_code
        -- A code is used again after 1 July 2025: the old and the new province have each a latest report of the year.
        and least(funding.period_end, funding.reported_on)
        between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
    qualify funding.reported_on = max(funding.reported_on) over (
        partition by
            funding.unit_code,
            unit.valid_from,
            funding.year,
            funding.origin_year,
            funding.period_start,
            funding.period_end,
            funding.is_cumulative,
            source_group,
            funding.stage,
            funding.value_kind
    )
),

year_so_far as (
    select *
    from newest
    where period_start = first_day
    qualify is_cumulative = bool_or(is_cumulative) over (
        partition by unit_code, valid_from, year, origin_year, period_end, source_group, stage, value_kind
    )
),

pieces as (
    select
        *,
        [unit_code, valid_from::varchar, year::varchar, origin_year::varchar, source_group, stage, value_kind] as money,
        [source_code, nature, component_no, detail] as part
    from newest
    where not is_cumulative and stage in ('disbursed', 'mobilised')
),

joined as (
    select
        money,
        part,
        period_end,
        [own_cell] as cells,
        amount_vnd_million,
        source_id,
        sheet,
        1 as piece_count
    from pieces
    where period_start = first_day
    union all
    select
        joined.money,
        joined.part,
        pieces.period_end,
        list_append(joined.cells, pieces.own_cell) as cells,
        joined.amount_vnd_million + pieces.amount_vnd_million as amount_vnd_million,
        pieces.source_id,
        pieces.sheet,
        joined.piece_count + 1 as piece_count
    from joined
    inner join pieces
        on joined.money = pieces.money
        and joined.part is not distinct from pieces.part
        and pieces.period_start = joined.period_end + 1
),

shortest as (
    select *
    from joined
    where piece_count > 1
    qualify row_number() over (partition by money, part, period_end order by piece_count, source_id, sheet) = 1
),

parts_told as (
    select
        shortest.money,
        shortest.period_end
    from shortest
    inner join pieces
        on shortest.money = pieces.money and pieces.period_end <= shortest.period_end
    group by all
    having count(distinct shortest.part::varchar) = count(distinct pieces.part::varchar)
),

from_months as (
    select
        any_value(pieces.unit_code) as unit_code,
        any_value(pieces.valid_from) as valid_from,
        any_value(pieces.year) as year,
        any_value(pieces.origin_year) as origin_year,
        shortest.period_end,
        any_value(pieces.source_group) as source_group,
        any_value(pieces.source_code) as source_code,
        any_value(pieces.nature) as nature,
        any_value(pieces.component_no) as component_no,
        any_value(pieces.detail) as detail,
        any_value(pieces.stage) as stage,
        any_value(pieces.value_kind) as value_kind,
        any_value(shortest.source_id) as source_id,
        any_value(shortest.sheet) as sheet,
        any_value(shortest.amount_vnd_million) as amount_vnd_million,
        any_value(shortest.cells) as cells
    from shortest
    semi join parts_told
        on shortest.money = parts_told.money and shortest.period_end = parts_told.period_end
    inner join pieces
        on shortest.money = pieces.money and shortest.part is not distinct from pieces.part
    anti join year_so_far
        on pieces.unit_code = year_so_far.unit_code
        and pieces.valid_from is not distinct from year_so_far.valid_from
        and pieces.year = year_so_far.year
        and pieces.origin_year = year_so_far.origin_year
        and shortest.period_end = year_so_far.period_end
        and pieces.source_group = year_so_far.source_group
        and pieces.stage = year_so_far.stage
        and pieces.value_kind = year_so_far.value_kind
    group by shortest.money, shortest.part, shortest.period_end
),

stated as (
    select * from from_months
    union all by name
    select
        * exclude (period_start, reported_on, is_cumulative, is_approximate, cell, first_day, own_cell),
        [own_cell] as cells
    from year_so_far
),

of_one_form as (
    select
        *,
        [
            unit_code, valid_from::varchar, year::varchar, origin_year::varchar, period_end::varchar, source_group, stage,
            value_kind
        ] as money,
        sum(amount_vnd_million) over form as form_amount,
        count(*) over form as form_rows
    from stated
    window form as (
        partition by
            unit_code, valid_from, year, origin_year, period_end, source_group, stage, value_kind, source_id, sheet
    )
),

shares as (
    select
        *,
        round(form_amount / nullif(max(form_amount) over (partition by money), 0), 2) as form_share
    from of_one_form
),

-- The form that tells most of the money comes first, of equal ones (but for rounding) the one that divides it finest.
ranked as (
    select
        *,
        dense_rank() over (
            partition by money
            order by form_share desc nulls last, form_rows desc, source_id, sheet
        ) as form_rank
    from shares
),

told_once as (
    select * from ranked
    where not exists (
        select 1
        from ranked as better
        where better.money = ranked.money
            and better.form_rank < ranked.form_rank
            and (better.source_code = ranked.source_code or 'local' in (better.source_code, ranked.source_code))
            and (better.nature = ranked.nature or better.nature is null or ranked.nature is null)
            and (better.component_no = ranked.component_no or better.component_no is null or ranked.component_no is null)
            and (better.detail = ranked.detail or better.detail is null or ranked.detail is null)
    )
)

select
    told_once.unit_code,
    told_once.valid_from,
    told_once.year,
    told_once.origin_year,
    told_once.period_end,
    told_once.source_code,
    told_once.source_group,
    told_once.nature,
    told_once.component_no,
    told_once.detail,
    told_once.stage,
    told_once.value_kind,
    told.own.period_end as told_until,
    told.own.amount as amount_vnd_million,
    told.own.source_id,
    told.own.sheet,
    told.own.cell
from told_once
cross join unnest(told_once.cells) as told(own)
