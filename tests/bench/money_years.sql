-- Ten years of a large province's money, made up: every amount comes from a hash, so that every run makes the same.
create temp table unit as
select unit_code, level, name, district_code
from admin_unit
where province_code = $province and date '2022-12-31' between valid_from and coalesce(valid_to, date '9999-12-31');

create temp table month as
select last_day(day::date) as period_end, year(day) as year, month(day) as month_no
from generate_series(date '2016-01-31', date '2025-06-30', interval 1 month) as days (day);

-- Amount of the year in million đồng: the province's own is a thousand times a commune's.
create temp table part as
select
    unit.unit_code,
    unit.level,
    source.*,
    year.year,
    (hash(unit.unit_code, source.source_code, source.nature, year.year) % 900 + 100)
    * case unit.level when 'province' then 1000 when 'district' then 50 else 1 end + 0.125 as amount
from unit
cross join (values
    ('central', 'investment'), ('central', 'recurrent'), ('local_province', 'investment'),
    ('local_district', 'investment'), ('local_commune', 'investment'), ('local_commune', 'recurrent'),
    ('integrated', null), ('credit', null), ('enterprise', null), ('community', null)
) as source (source_code, nature)
cross join range(2016, 2026) as year (year);

insert into funding by name
with stage as (
    select *
    from (values
        ('need', 'plan', 1.4), ('plan', 'plan', 1.1), ('allocated', 'actual', 1.0), ('disbursed', 'actual', 0.9),
        ('mobilised', 'actual', 0.95)
    ) as stages (stage, value_kind, part)
),

-- Provinces and districts tell payments each month, communes each quarter; need and plan are told once a year.
told as (
    select part.*, stage.stage, stage.value_kind, month.period_end, month.month_no, stage.part as stage_part
    from part
    cross join stage
    inner join month on part.year = month.year
    where case
            when stage.stage in ('need', 'plan') then month.month_no = 1
            when stage.stage = 'mobilised' then month.month_no % 6 = 0 and part.level != 'commune'
            else part.source_code not in ('credit', 'enterprise', 'community')
                and (part.level != 'commune' or month.month_no % 3 = 0)
        end
        and (part.level != 'commune' or starts_with(part.source_code, 'local') or part.source_code = 'central')
        and (part.level != 'commune' or stage.stage in ('allocated', 'disbursed'))
)

select
    unit_code, year, year as origin_year, make_date(year, 1, 1) as period_start,
    case when stage in ('need', 'plan') then make_date(year, 12, 31) else period_end end as period_end,
    period_end as reported_on, true as is_cumulative, source_code, nature, stage, value_kind,
    round(amount * stage_part * case when stage in ('disbursed', 'mobilised') then month_no / 12 else 1 end, 3)
        as amount_vnd_million,
    false as is_approximate,
    left(sha256(concat_ws(' ', 'money', case when level = 'commune' then '' else unit_code end, period_end)), 12)
        as source_id,
    'Biểu 09' as sheet, 'D' || (hash(unit_code, source_code, nature, stage) % 9000 + 1) as cell
from told;

insert into work_funding by name
select
    unit.unit_code, 'Đường trục xã, tuyến số ' || number as work, 'giao thông' as category,
    case when number % 4 = 0 then null else (number % 19 + 1)::varchar end as criterion_no,
    month.year, make_date(month.year, 1, 1) as period_start, month.period_end, month.period_end as reported_on,
    true as is_cumulative, 'central' as source_code, 'investment' as nature, stage.stage, 'actual' as value_kind,
    false as is_approximate,
    (hash(unit.unit_code, number, month.year) % 2000 + 100) * stage.part as amount_vnd_million,
    left(sha256('works' || month.period_end), 12) as source_id, 'Công trình' as sheet, 'E' || number as cell
from unit
cross join range(1, 4) as numbers (number)
cross join (values ('allocated', 1.0), ('disbursed', 0.7)) as stage (stage, part)
inner join month on month.month_no = 6
where unit.level = 'commune';

insert into arrears by name
select
    unit.unit_code, month.period_end, 'Công trình nợ số ' || number as work, 'giao thông' as category,
    month.year - number as started_year, month.year - number + 1 as finished_year,
    (hash(unit.unit_code, number, month.year) % 900 + 10) / 8 as amount_vnd_million, false as is_approximate,
    left(sha256('debts' || month.period_end), 12) as source_id, 'Nợ đọng' as sheet, 'F' || number as cell
from unit
cross join range(1, 4) as numbers (number)
inner join month on month.month_no in (6, 12)
where unit.level = 'commune' and hash(unit.unit_code, month.period_end) % 3 > 0;

-- One commune reports its criteria each month, all of them each December: the page's months are those of the reports.
insert into criterion_result by name
select
    unit.unit_code, criterion.set_code, criterion.criterion_no, month.period_end, 'actual' as value_kind,
    case when hash(unit.unit_code, criterion.criterion_no) % 120 < month.year - 1950 then 'met' else 'not_met' end
        as outcome,
    left(sha256('criteria' || month.period_end), 12) as source_id, 'Tiêu chí' as sheet, 'C1' as cell
from unit
inner join month
    on month.month_no = 12 or unit.unit_code = (select min(unit_code) from unit where level = 'commune')
inner join criterion
    on criterion.criterion_no similar to '[0-9]+'
    and criterion.set_code
    = case when month.period_end > date '2022-06-30' then 'XA_NTM_2021_2025' else 'XA_NTM_2016_2020' end
where unit.level = 'commune';

insert into source_file by name
select
    source_id, min(period_end) || '/' || source_id || '.xlsx' as path, sha256(source_id) as sha256, form, sheet,
    1 as table_no, min(period_end) as period_end, $province as reporting_unit_code, true as is_illustrative,
    count(*) as rows_read, count(*) as rows_loaded, 0 as rows_rejected
from (
    select source_id, sheet, period_end, 'funding_by_source' as form from funding
    union all
    select source_id, sheet, period_end, 'work_funding' from work_funding
    union all
    select source_id, sheet, period_end, 'arrears' from arrears
    union all
    select source_id, sheet, period_end, 'criteria_matrix_ntm' from criterion_result
)
where sheet in ('Biểu 09', 'Công trình', 'Nợ đọng', 'Tiêu chí')
group by source_id, form, sheet;

insert into snapshot by name
select $build as build_id, timestamp '2025-07-01' as built_at, 'bench' as content_hash, '0' as product_version;
