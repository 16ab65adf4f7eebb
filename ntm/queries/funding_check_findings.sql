-- Findings of the load, of some codes, on sheets of money of a year up to a month that a unit or one within it reported, or
-- that tell of it. A sheet whose period nobody could read belongs to every year.
with places as (
    select distinct unit_code
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
),

told as (
    select source_id, sheet from funding semi join places using (unit_code)
    union
    select source_id, sheet from work_funding semi join places using (unit_code)
    union
    select source_id, sheet from arrears semi join places using (unit_code)
),

sheets as (
    select distinct source_id, sheet
    from source_file
    where form in (
            'arrears', 'disbursement_by_month', 'disbursement_by_month_unit', 'funding_by_district',
            'funding_by_source', 'funding_of_one_source', 'works_capital'
        )
        and (period_end is null or (year(period_end) = $year and period_end <= $month))
        and (
            reporting_unit_code is null
            or reporting_unit_code in (select unit_code from places)
            or (source_id, sheet) in (select (source_id, sheet) from told)
        )
)

select
    load_issue.code,
    load_issue.severity,
    load_issue.message_vi,
    load_issue.message_en,
    load_issue.raw_value,
    load_issue.path,
    load_issue.sheet,
    load_issue.cell,
    load_issue.source_id
from load_issue
semi join sheets using (source_id, sheet)
where list_contains($codes, load_issue.code)
order by load_issue.path, load_issue.sheet, load_issue.issue_no
