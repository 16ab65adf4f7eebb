-- vi: Mỗi năm, mỗi nguồn vốn là bao nhiêu ở từng giai đoạn của vốn? (tín dụng ghi riêng)
-- en: How much did each source give each year, at each stage? (credit marked)
select
    unit.name,
    money.year,
    money.stage,
    money.value_kind,
    money.period_end,
    money.source_group,
    money.is_credit,
    sum(money.amount_vnd_million) as amount_vnd_million
from mart_funding as money
join admin_unit as unit
    on money.unit_code = unit.unit_code
    and money.period_end between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where unit.level = 'province'
    and money.is_latest
    and money.origin_year = money.year
group by all
order by unit.name, money.year, money.stage, amount_vnd_million desc
