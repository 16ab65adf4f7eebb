-- What the map tells of a rural commune at a month beside its standing: masks of its criteria (bit n set for criterion n), how
-- far it is from the next standard, its money and its arrears.
--
-- Codes are used again after 1 July 2025: what is told of a code is told of the unit in force at that day. Money is the own
-- money of the budget year of the month, at the latest cut-off on or before it, reported and without credit.
with months as (
    select
        months.*,
        unit.valid_from,
        year(months.period_end) as year,
        case months.standard when 'none' then 'ntm' when 'ntm' then 'nang_cao' when 'nang_cao' then 'kieu_mau' end
            as next_standard
    from mart_commune_month as months
    inner join admin_unit as unit
        on months.unit_code = unit.unit_code
        and unit.level = 'commune'
        and months.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
),

commune as (
    select
        unit_code,
        province_code,
        district_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level = 'commune'
        and is_rural_commune
        and unit_code in (select unit_code from mart_commune_month)
),

-- The mart does not tell two units with one code apart, the reports do.
money_report as (
    select distinct
        commune.valid_from,
        funding.unit_code,
        funding.year,
        funding.period_end
    from funding
    inner join commune
        on funding.unit_code = commune.unit_code
        and least(funding.period_end, funding.reported_on) between commune.valid_from and commune.valid_to
),

money as (
    select
        report.valid_from,
        money.*
    from mart_funding as money
    inner join money_report as report using (unit_code, year, period_end)
    where money.origin_year = money.year
        and not money.is_credit
        and money.value_kind = 'actual'
        and money.stage in ('allocated', 'disbursed')
),

by_stage as (
    select
        unit_code,
        valid_from,
        year,
        period_end,
        sum(amount_vnd_million) filter (where stage = 'allocated') as allocated,
        sum(amount_vnd_million) filter (where stage = 'disbursed') as disbursed
    from money
    group by unit_code, valid_from, year, period_end, source_code, nature
),

-- Only sources that tell both stages at one cut-off have a rate.
told_money as (
    select
        unit_code,
        valid_from,
        year,
        period_end,
        case when count(allocated) > 0 then {'amount': sum(allocated), 'until': period_end} end as allocated,
        case
            when count(disbursed) > 0
                then {
                    'allocated': sum(allocated) filter (where disbursed is not null),
                    'disbursed': sum(disbursed) filter (where allocated is not null),
                    'until': period_end
                }
        end as rate
    from by_stage
    group by unit_code, valid_from, year, period_end
),

-- What is known of each stage from a cut-off on, until the next one.
money_then as (
    select
        unit_code,
        valid_from,
        year,
        period_end,
        coalesce(lead(period_end) over later, date '9999-12-31') as next_end,
        last_value(allocated ignore nulls) over later as allocated,
        last_value(rate ignore nulls) over later as rate
    from told_money
    window later as (partition by unit_code, valid_from, year order by period_end)
),

-- A list of arrears tells of the whole area that reports it: what it does not name owes nothing by it.
arrears_list as (
    select distinct
        reporting_unit_code,
        period_end
    from source_file
    where form = 'arrears' and rows_loaded > 0
),

arrears_told as (
    select distinct
        commune.unit_code,
        commune.valid_from,
        list.period_end
    from arrears_list as list
    inner join commune
        on list.reporting_unit_code in (commune.province_code, commune.district_code, commune.unit_code)
        and list.period_end between commune.valid_from and commune.valid_to
),

-- Where a list states a unit's total beside its works, nothing is added twice.
owed as (
    select
        told.unit_code,
        told.valid_from,
        told.period_end,
        coalesce(
            sum(arrears.amount_vnd_million) filter (where arrears.work is null), sum(arrears.amount_vnd_million), 0
        ) as amount,
        count(arrears.work) filter (where arrears.amount_vnd_million > 0) as works,
        coalesce(
            lead(told.period_end) over (partition by told.unit_code, told.valid_from order by told.period_end),
            date '9999-12-31'
        ) as next_end
    from arrears_told as told
    left join arrears on told.unit_code = arrears.unit_code and told.period_end = arrears.period_end
    group by told.unit_code, told.valid_from, told.period_end
),

-- Reports under the sets above NTM: those of the standard that comes next.
set_size as (
    select
        criteria_set.set_code,
        criteria_set.standard,
        criteria_set.valid_from as set_valid_from,
        coalesce(
            any_value(criteria_set.criterion_count), count(*) filter (where criterion.criterion_no similar to '[0-9]+')
        ) as criteria
    from criteria_set
    left join criterion using (set_code)
    where criteria_set.unit_level = 'commune' and criteria_set.standard in ('nang_cao', 'kieu_mau')
    group by all
),

higher as (
    select
        result.unit_code,
        commune.valid_from,
        set_size.standard,
        set_size.set_code,
        any_value(set_size.criteria) as criteria,
        result.period_end,
        count(*) filter (where result.outcome = 'met') as met,
        count(*) filter (where result.outcome = 'not_met') as not_met
    from criterion_result as result
    inner join set_size using (set_code)
    inner join commune
        on result.unit_code = commune.unit_code
        and result.period_end between commune.valid_from and commune.valid_to
    where result.value_kind = 'actual' and result.criterion_no similar to '[0-9]+'
    group by
        result.unit_code, commune.valid_from, set_size.standard, set_size.set_code, set_size.set_valid_from,
        result.period_end
    -- Of two sets that a commune reported under at one date the newer one counts.
    qualify row_number() over (
        partition by result.unit_code, commune.valid_from, set_size.standard, result.period_end
        order by set_size.set_valid_from desc nulls last, set_size.set_code
    ) = 1
),

higher_then as (
    select
        *,
        coalesce(
            lead(period_end) over (partition by unit_code, valid_from, standard order by period_end),
            date '9999-12-31'
        ) as next_end
    from higher
)

select
    months.unit_code,
    months.period_end,
    months.valid_from,
    coalesce(list_sum(list_transform(months.unmet, lambda number: 1::bigint << number::integer)), 0)::bigint
        as unmet_mask,
    coalesce(list_sum(list_transform(months.unknown, lambda number: 1::bigint << number::integer)), 0)::bigint
        as unknown_mask,
    months.next_standard,
    case
        when months.next_standard = 'ntm' then months.criteria_not_met
        else higher.not_met
    end as next_missing,
    case
        when months.next_standard = 'ntm' then months.criteria_unknown
        when higher.period_end is not null then greatest(higher.criteria - higher.met - higher.not_met, 0)
    end as next_unknown,
    case when months.next_standard = 'ntm' then months.criteria_total else higher.criteria end as next_total,
    case when months.next_standard = 'ntm' then months.last_report else higher.period_end end as next_report,
    money.allocated.amount as allocated_vnd_million,
    money.allocated.until as allocated_until,
    money.rate.allocated as rate_allocated_vnd_million,
    money.rate.disbursed as disbursed_vnd_million,
    money.rate.until as disbursed_until,
    owed.amount as arrears_vnd_million,
    owed.works as arrears_works,
    owed.period_end as arrears_until
from months
left join money_then as money
    on months.unit_code = money.unit_code
    and months.valid_from = money.valid_from
    and months.year = money.year
    and months.period_end >= money.period_end
    and months.period_end < money.next_end
left join owed
    on months.unit_code = owed.unit_code
    and months.valid_from = owed.valid_from
    and months.period_end >= owed.period_end
    and months.period_end < owed.next_end
left join higher_then as higher
    on months.unit_code = higher.unit_code
    and months.valid_from = higher.valid_from
    and months.next_standard = higher.standard
    and months.period_end >= higher.period_end
    and months.period_end < higher.next_end
