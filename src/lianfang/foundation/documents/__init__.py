"""导入导出·公文: one reader and one writer for tables in every office format.

The path a file takes in:

1. ``isolation.read_file`` starts a child process with limits on memory and CPU seconds and hands it the bytes;
2. ``sniff`` looks at the bytes (never at the extension) and ``readers`` turns them into ``tables.Contents``:
   tables whose merged cells are filled and whose every cell knows its place, and the paragraphs between them;
3. ``shape.listing`` finds the heading rows and drops titles, totals, repeated headings and footnotes;
4. ``recognise`` says which register the headings belong to and which heading means which field;
5. ``register_reading.read_register`` (with the ``columns.Sheet`` of a room) or ``sheet_read.read_sheet``
   (with the general vocabulary) turns entries into fields and reports every fault by sheet and cell.

The path out: a room makes a ``document.Document`` of its Rows; ``writers.write_table`` writes it as a workbook,
CSV, Word file, PDF or JSON. What is written in xlsx, CSV or Word reads back to the same values.

The package imports no Django, and its root imports nothing, so that the child process starts quickly.
"""
