-- Published figures of a place (null: of all places), in time, each with its line in the reference file.
select
    *,
    figure_no + 1 as line
from published_figure
where $place is null or place = $place
order by period_end, metric, figure_no
