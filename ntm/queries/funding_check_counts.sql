-- How much the checks of money looked at: amounts of a unit and the units within it in a year, up to a month, by table, and
-- the totals that forms state beside them.
with places as (
    select distinct unit_code
    from admin_unit
    where $unit in (unit_code, district_code, province_code)
)

select
    (
        select count(*)
        from funding
        semi join places using (unit_code)
        where year = $year and reported_on <= $month
    ) as amounts,
    (
        select count(*)
        from work_funding
        semi join places using (unit_code)
        where year = $year and reported_on <= $month
    ) as works,
    (
        select count(*)
        from arrears
        semi join places using (unit_code)
        where year(period_end) = $year and period_end <= $month
    ) as arrears,
    (
        select count(*)
        from stated_result
        semi join places using (unit_code)
        where starts_with(metric, 'funding_') and year(period_end) = $year and period_end <= $month
    ) as stated
