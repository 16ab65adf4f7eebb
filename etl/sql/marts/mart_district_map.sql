-- What the map tells of a district at a month beside the counts of its communes: reports, its own recognition, money and
-- arrears. A district without communes is there too.
--
-- Money is the district's own as reported, else the sum of its communes that report; the own money of the budget year of
-- the month, at the latest cut-off on or before it, without credit. Arrears are those of the district and its communes.
with units as (
    select
        unit_code,
        name,
        level,
        province_code,
        district_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to
    from admin_unit
    where level in ('district', 'commune')
        and coalesce(district_code, '') != ''
),

months as (
    select
        unit.unit_code,
        unit.name,
        unit.province_code,
        unit.valid_from,
        months.period_end,
        year(months.period_end) as year
    from mart_district_month as months
    inner join units as unit
        on months.unit_code = unit.province_code
        and unit.level = 'district'
        and months.period_end between unit.valid_from and unit.valid_to
    where months.level = 'province'
),

reported as (
    select
        district_code as unit_code,
        period_end,
        case when count(last_report) = count(*) then max(months_since_report) end as months_since_report,
        count(*) filter (where last_report is null) as never_reporting_communes
    from mart_commune_month
    where district_code is not null
    group by all
),

-- Of a district's own decisions: a list that tells of any district of the province tells of all. To complete the task is
-- what a town or city is recognised for in place of the standard NTM (decision 321/QĐ-TTg).
ranks as (
    select * from (values ('ntm', 1), ('hoan_thanh', 1), ('nang_cao', 2), ('kieu_mau', 3)) as listed (standard, rank)
),

event as (
    select
        recognition.unit_code,
        unit.province_code,
        unit.valid_from,
        ranks.standard,
        ranks.rank,
        recognition.event = 'revoked' as is_revoked,
        recognition.decision_no,
        recognition.decision_date
    from recognition
    inner join source_file using (source_id, sheet)
    inner join units as unit
        on recognition.unit_code = unit.unit_code
        and unit.level = 'district'
        and source_file.period_end between unit.valid_from and unit.valid_to
    inner join ranks using (standard)
),

told as (
    select distinct province_code, valid_from from event
),

held as (
    select
        months.unit_code,
        months.period_end,
        ranks.rank,
        arg_max(not event.is_revoked, (event.decision_date, event.is_revoked)) as is_held,
        max_by(event.decision_no, (event.decision_date, event.is_revoked)) as decision_no,
        max(event.decision_date) as decision_date
    from months
    inner join event
        on months.unit_code = event.unit_code
        and months.valid_from = event.valid_from
        and months.period_end >= event.decision_date
    inner join (select distinct rank from ranks) as ranks
        on (event.is_revoked and ranks.rank >= event.rank) or (not event.is_revoked and ranks.rank <= event.rank)
    group by all
),

highest as (
    select
        unit_code,
        period_end,
        max(rank) as rank,
        arg_max(decision_no, rank) as decision_no,
        arg_max(decision_date, rank) as decision_date
    from held
    where is_held
    group by all
),

-- The mart does not tell two units with one code apart, the reports do.
money_report as (
    select distinct
        unit.unit_code,
        unit.level,
        unit.district_code,
        unit.valid_from,
        funding.year,
        funding.period_end
    from funding
    inner join units as unit
        on funding.unit_code = unit.unit_code
        and least(funding.period_end, funding.reported_on) between unit.valid_from and unit.valid_to
),

money as (
    select
        report.unit_code as teller,
        report.level,
        report.district_code,
        report.valid_from,
        report.year,
        report.period_end,
        sum(money.amount_vnd_million) filter (where money.stage = 'allocated') as allocated,
        sum(money.amount_vnd_million) filter (where money.stage = 'disbursed') as disbursed
    from mart_funding as money
    inner join money_report as report using (unit_code, year, period_end)
    where money.origin_year = money.year
        and not money.is_credit
        and money.value_kind = 'actual'
        and money.stage in ('allocated', 'disbursed')
    group by
        report.unit_code, report.level, report.district_code, report.valid_from, report.year, report.period_end,
        money.source_code, money.nature
),

-- Only sources that tell both stages at one cut-off have a rate.
disbursement as (
    select
        level,
        district_code,
        valid_from,
        year,
        period_end,
        sum(allocated) filter (where disbursed is not null) as allocated,
        sum(disbursed) filter (where allocated is not null) as disbursed,
        count(distinct teller) filter (where allocated is not null and disbursed is not null) as tellers
    from money
    group by level, district_code, valid_from, year, period_end
    having count(disbursed) > 0
),

own_money as (select * from disbursement where level = 'district'),

communes_money as (select * from disbursement where level = 'commune'),

arrears_told as (
    select distinct
        unit.unit_code,
        unit.valid_from,
        file.period_end
    from source_file as file
    inner join units as unit
        on file.reporting_unit_code in (unit.province_code, unit.unit_code)
        and unit.level = 'district'
        and file.period_end between unit.valid_from and unit.valid_to
    where file.form = 'arrears' and file.rows_loaded > 0
),

-- Where a list states a unit's total beside its works, nothing is added twice.
owed_by_unit as (
    select
        unit_code,
        period_end,
        coalesce(sum(amount_vnd_million) filter (where work is null), sum(amount_vnd_million)) as amount,
        count(work) filter (where amount_vnd_million > 0) as works
    from arrears
    group by all
),

owed as (
    select
        told.unit_code,
        told.valid_from,
        told.period_end,
        coalesce(sum(by_unit.amount), 0) as amount,
        coalesce(sum(by_unit.works), 0)::integer as works
    from arrears_told as told
    left join units as debtor
        on told.unit_code = debtor.district_code and told.period_end between debtor.valid_from and debtor.valid_to
    left join owed_by_unit as by_unit
        on debtor.unit_code = by_unit.unit_code and told.period_end = by_unit.period_end
    group by all
)

select
    months.unit_code,
    months.period_end,
    months.name,
    months.province_code,
    reported.months_since_report,
    reported.never_reporting_communes,
    case
        when told.province_code is null then 'unknown'
        else coalesce(
            case highest.rank when 1 then 'ntm' when 2 then 'nang_cao' when 3 then 'kieu_mau' end, 'none'
        )
    end as standard,
    highest.decision_no,
    highest.decision_date,
    coalesce(own.allocated, of_communes.allocated) as rate_allocated_vnd_million,
    coalesce(own.disbursed, of_communes.disbursed) as disbursed_vnd_million,
    coalesce(own.period_end, of_communes.period_end) as disbursed_until,
    case when own.period_end is null then of_communes.tellers end as disbursed_communes,
    owed.amount as arrears_vnd_million,
    owed.works as arrears_works,
    owed.period_end as arrears_until
from months
left join reported on months.unit_code = reported.unit_code and months.period_end = reported.period_end
left join told on months.province_code = told.province_code and months.valid_from = told.valid_from
left join highest on months.unit_code = highest.unit_code and months.period_end = highest.period_end
asof left join own_money as own
    on months.unit_code = own.district_code
    and months.valid_from = own.valid_from
    and months.year = own.year
    and months.period_end >= own.period_end
asof left join communes_money as of_communes
    on months.unit_code = of_communes.district_code
    and months.valid_from = of_communes.valid_from
    and months.year = of_communes.year
    and months.period_end >= of_communes.period_end
asof left join owed
    on months.unit_code = owed.unit_code
    and months.valid_from = owed.valid_from
    and months.period_end >= owed.period_end
