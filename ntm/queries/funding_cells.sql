-- The cells that money of a unit was read from, for a year and, when given, a stage and a cut-off.
select
    funding.year,
    funding.period_end,
    funding.stage,
    funding.source_code,
    funding.nature,
    funding.detail,
    funding.amount_vnd_million,
    file.path,
    funding.sheet,
    funding.cell,
    funding.source_id
from funding
left join source_file as file on funding.source_id = file.source_id and funding.sheet = file.sheet
where funding.unit_code = $unit
    and funding.year = $year
    and ($stages is null or list_contains($stages, funding.stage))
    and ($cutoff is null or funding.period_end = $cutoff)
order by funding.period_end, funding.stage, funding.source_code, funding.nature, funding.detail
