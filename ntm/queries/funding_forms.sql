-- Planned and mobilised money of a unit's year as Biểu 07 and 09 state it, each amount with its cell: at the last cut-off
-- on or before a month; without what was carried over from earlier budgets. part: 'plan' (of the year), 'mobilised' (from
-- January on), 'rest' (plan of the months after). A code is used again after 1 July 2025: the unit is that of the month.
--
-- Of what two forms of one report tell alike, that of the form that tells more counts (of equal ones, but for rounding, the
-- one that divides it finest), as in mart_funding; forms by
-- source (no component_no) and by content are kept apart, they are two forms here too.
with unit as (
    select
        unit_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        -- What is told of days before the register begins is told of the first unit with the code.
        valid_from = min(valid_from) over (partition by unit_code) as is_first
    from admin_unit
    where unit_code = $unit
    qualify $month between valid_from and coalesce(valid_to, date '9999-12-31')
),

told as (
    select
        funding.*,
        case when starts_with(source_code, 'local') then 'local' else source_code end as source_group,
        case
            when stage = 'mobilised' then 'mobilised'
            when period_start = make_date(year, 1, 1) then 'plan'
            else 'rest'
        end as part,
        component_no is null as is_by_source
    from funding
    inner join unit
        on funding.unit_code = unit.unit_code
        and (least(period_end, reported_on) >= unit.valid_from or unit.is_first)
        and least(period_end, reported_on) <= unit.valid_to
    where year = $year
        and origin_year = year
        and reported_on <= $month
        and (
            (stage = 'mobilised' and value_kind = 'actual' and period_start = make_date(year, 1, 1))
            or (stage = 'plan' and value_kind = 'plan')
        )
),

cutoffs as (
    select
        coalesce(max(period_end) filter (where part = 'mobilised'), max(period_end) filter (where part = 'plan')) as cutoff
    from told
    where part != 'rest'
),

plan_cutoffs as (
    select max(told.period_end) as plan_cutoff
    from told
    inner join cutoffs on told.period_end <= cutoffs.cutoff
    where told.part = 'plan'
),

newest as (
    select
        told.*,
        cutoffs.cutoff
    from told
    cross join cutoffs
    cross join plan_cutoffs
    where case told.part
            when 'mobilised' then told.period_end = cutoffs.cutoff
            when 'plan' then told.period_end = plan_cutoffs.plan_cutoff
            else told.period_start = cutoffs.cutoff + 1 and told.reported_on = cutoffs.cutoff
        end
    qualify told.reported_on = max(told.reported_on) over (partition by told.part, told.source_group)
),

at_cutoff as (
    select *
    from newest
    qualify is_cumulative = bool_or(is_cumulative) over (partition by part, source_group)
),

of_one_form as (
    select
        *,
        sum(amount_vnd_million) over form as form_amount,
        count(*) over form as form_rows
    from at_cutoff
    window form as (partition by part, source_group, is_by_source, source_id, sheet)
),

shares as (
    select
        *,
        round(
            form_amount / nullif(max(form_amount) over (partition by part, source_group, is_by_source), 0), 2
        ) as form_share
    from of_one_form
),

ranked as (
    select
        *,
        dense_rank() over (
            partition by part, source_group, is_by_source
            order by form_amount desc, form_rows desc, source_id, sheet
        ) as form_rank
    from (
        select
            *,
            sum(amount_vnd_million) over form as form_amount,
            count(*) over form as form_rows
        from at_cutoff
        window form as (partition by part, source_group, is_by_source, source_id, sheet)
    )
)

select
    ranked.part,
    ranked.source_group,
    ranked.source_code,
    ranked.nature,
    ranked.detail,
    ranked.component_no,
    ranked.amount_vnd_million,
    ranked.is_cumulative,
    ranked.period_end,
    ranked.cutoff,
    file.path,
    ranked.sheet,
    ranked.cell,
    ranked.source_id
from ranked
left join (select distinct source_id, sheet, path from source_file) as file
    on ranked.source_id = file.source_id and ranked.sheet = file.sheet
where not exists (
    select 1
    from ranked as better
    where better.part = ranked.part
        and better.source_group = ranked.source_group
        and better.is_by_source = ranked.is_by_source
        and better.form_rank < ranked.form_rank
        and (better.source_code = ranked.source_code or 'local' in (better.source_code, ranked.source_code))
        and (better.nature = ranked.nature or better.nature is null or ranked.nature is null)
        and (better.component_no = ranked.component_no or better.component_no is null or ranked.component_no is null)
        and (better.detail = ranked.detail or better.detail is null or ranked.detail is null)
)
order by ranked.part, ranked.source_code, ranked.nature, ranked.detail, ranked.component_no
