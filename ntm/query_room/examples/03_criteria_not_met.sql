-- vi: Tiêu chí nào nhiều xã chưa đạt nhất, cơ quan nào chủ trì? (tử số và mẫu số để riêng)
-- en: Which criteria are missed by most communes, and who leads them? (numerator and denominator apart)
select
    counted.criterion_no,
    criterion.name_vi,
    criterion.lead_agency,
    counted.communes_not_met,
    counted.communes_unknown,
    counted.communes_met + counted.communes_not_met + counted.communes_unknown as communes
from mart_criterion_month as counted
left join criterion using (set_code, criterion_no)
where counted.level = 'province'
    and counted.period_end = (select max(period_end) from mart_criterion_month)
order by counted.communes_not_met desc, try_cast(counted.criterion_no as integer)
