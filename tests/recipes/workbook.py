#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a small workbook of Excel: usage: workbook.py FILE."""
import sys
import zipfile

NAMESPACE = "http://schemas.openxmlformats.org"
MAIN = f"{NAMESPACE}/spreadsheetml/2006/main"
OFFICE = f"{NAMESPACE}/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{NAMESPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship '
    f'Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def sheet(rows):
    body = ""
    for number, row in enumerate(rows, 1):
        body += f'<row r="{number}">'
        for letter, cell in zip("ABCDEFG", row):
            where = f'r="{letter}{number}"'
            if isinstance(cell, str):
                body += f'<c {where} t="inlineStr"><is><t>{cell}</t></is></c>'
            else:
                body += f"<c {where}><v>{cell}</v></c>"
        body += "</row>"
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def main():
    rows = [["y", "x"]] + [[i * i, i + 0.5] for i in range(9)]
    with zipfile.ZipFile(sys.argv[1], "w") as book:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet(rows)}.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


if __name__ == "__main__":
    main()
