-- Components of the programme (263/QĐ-TTg) with their names.
select component_no, name_vi, name_en
from component
order by component_no
