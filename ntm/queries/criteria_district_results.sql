-- Districts of a province (or one of them) with results of district criteria up to a month: the latest report of each set of
-- NTM or nâng cao, the standard held by decisions, and how many of the communes lost theirs by a decision of withdrawal.
with result as (
    select
        result.unit_code,
        result.set_code,
        criteria_set.standard as standard_of_set,
        criteria_set.criterion_count as criteria_total,
        count(*) filter (where result.outcome = 'not_met') as criteria_not_met,
        count(*) filter (where result.outcome != 'unknown') as criteria_told,
        bit_or(case when result.outcome = 'not_met' then 1::bigint << result.criterion_no::integer else 0 end) as unmet_mask,
        bit_or(case when result.outcome != 'unknown' then 1::bigint << result.criterion_no::integer else 0 end)
            as told_mask
    from criterion_result as result
    inner join criteria_set using (set_code)
    where criteria_set.unit_level = 'district'
        and criteria_set.standard in ('ntm', 'nang_cao')
        and result.value_kind = 'actual'
        and result.period_end <= $month
        and result.criterion_no similar to '[0-9]+'
    group by result.unit_code, result.set_code, criteria_set.standard, criteria_set.criterion_count, result.period_end
    qualify result.period_end = max(result.period_end) over (partition by result.unit_code, result.set_code)
),

held as (
    select
        unit_code,
        arg_max(event, decision_date) != 'revoked' as is_held,
        arg_max(standard, decision_date) as standard
    from recognition
    where decision_date <= $month and standard in ('ntm', 'nang_cao')
    group by unit_code
),

withdrawn as (
    select
        months.district_code,
        count(*) as communes,
        count(*) filter (
            where months.standard = 'none'
            and months.unit_code in (
                select unit_code from recognition where event = 'revoked' and decision_date <= $month
            )
        ) as communes_withdrawn
    from mart_commune_month as months
    where months.province_code = $province and months.period_end = $month
    group by months.district_code
)

select
    district.unit_code,
    district.name,
    $month::date as period_end,
    result.set_code,
    case when held.is_held then held.standard else 'none' end as standard,
    result.criteria_total,
    result.criteria_not_met,
    result.criteria_total - result.criteria_told as criteria_unknown,
    result.unmet_mask,
    ((1::bigint << (result.criteria_total + 1)::integer) - 2) & ~result.told_mask as unknown_mask,
    withdrawn.communes,
    withdrawn.communes_withdrawn
from admin_unit as district
inner join result using (unit_code)
left join held using (unit_code)
left join withdrawn on district.unit_code = withdrawn.district_code
where district.level = 'district'
    and district.province_code = $province
    and ($district is null or district.unit_code = $district)
    and $month between district.valid_from and coalesce(district.valid_to, date '9999-12-31')
order by district.unit_code, result.set_code
