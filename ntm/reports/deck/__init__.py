"""Decks of the review conference: one story of figures, written as slides, paper, workbook or a page of the browser."""
