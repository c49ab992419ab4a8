"""Directories in: files become rows, rows become records of our shape, and those are staged and applied.
`school_files` and `schools_in` do the same for a list of schools. And out: `listing` reads a district's
records, `hsds_out` says them as HSDS 3.0.

`source` opens a folder, a zip or uploads; `tables` reads CSV; `columns` knows the names; `hsds` links the
rows of a community directory file (HSDS) and says what is wrong with them. Those four touch no database;
`staging` and `apply` do.

`wizard` is the way of a person's own sheet: `sheet_fields` guesses its columns, `sheet_records` makes records
of its rows with the words of `vocabulary` and `school_names`, `preview` and `likely` look before `apply`
writes, `beginning` begins partnerships, `undoing` takes it all back; `jobs` runs each in the background.

A sheet that people keep for themselves comes in by `sheets` (CSV by `tables` and `dialect`, a workbook by
`xlsx`, `xlsx_parts`, `xlsx_rows` and `numbers`), and its rows go back by it; `cells` makes safe what a
spreadsheet would run.
"""
