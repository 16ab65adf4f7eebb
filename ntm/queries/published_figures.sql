-- Published figures of a place, in time.
select *
from published_figure
where place = $place
order by period_end, metric, figure_no
