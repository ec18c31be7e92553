#!/usr/bin/env python3
"""Makes the fixtures of tests/sheets.rs and expected.json, all in this folder.

Run by hand when a fixture is to change: python3 make.py, with openpyxl, xlwt,
odfpy, reportlab, pypdf and pillow from pip. Figures are those of the embedded sample
(src/format/sample.json) and, for the form of 2019, those that a public report
for 2019 printed; sentences are our own.
"""

import csv
import datetime
import json
import os
import re
import zipfile

import openpyxl
import pypdf
import xlwt
from odf import opendocument, table as odf_table, text as odf_text
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = json.load(open(os.path.join(HERE, "../../../src/format/sample.json"), encoding="utf8"))

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
KINDS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = [  # key, label, group
    ("new_received", "一、本年新收政府信息公开申请数量", None),
    ("carried_in", "二、上年结转政府信息公开申请数量", None),
    ("granted_full", "（一）予以公开", ""),
    ("granted_partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    ("denied_state_secret", "1.属于国家秘密", "（三）不予公开"),
    ("denied_other_law", "2.其他法律行政法规禁止公开", "（三）不予公开"),
    ("denied_security_stability", "3.危及“三安全一稳定”", "（三）不予公开"),
    ("denied_third_party", "4.保护第三方合法权益", "（三）不予公开"),
    ("denied_internal_affairs", "5.属于三类内部事务信息", "（三）不予公开"),
    ("denied_deliberative", "6.属于四类过程性信息", "（三）不予公开"),
    ("denied_enforcement_file", "7.属于行政执法案卷", "（三）不予公开"),
    ("denied_admin_query", "8.属于行政查询事项", "（三）不予公开"),
    ("unable_not_held", "1.本机关不掌握相关政府信息", "（四）无法提供"),
    ("unable_must_create", "2.没有现成信息需要另行制作", "（四）无法提供"),
    ("unable_unclear", "3.补正后申请内容仍不明确", "（四）无法提供"),
    ("unprocessed_petition", "1.信访举报投诉类申请", "（五）不予处理"),
    ("unprocessed_duplicate", "2.重复申请", "（五）不予处理"),
    ("unprocessed_publication", "3.要求提供公开出版物", "（五）不予处理"),
    ("unprocessed_excessive", "4.无正当理由大量反复申请", "（五）不予处理"),
    ("unprocessed_reconfirm", "5.要求行政机关确认或重新出具已获取信息", "（五）不予处理"),
    ("other_not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "（六）其他处理"),
    ("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理"),
    ("other_misc", "3.其他", "（六）其他处理"),
    ("processed_total", "（七）总计", ""),
    ("carried_out", "四、结转下年度继续办理", None),
]
SIX = [row for row in ROWS if not row[0].startswith("other_")]
SIX.insert(20, ("other_all", "（六）其他处理", ""))
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]

T3 = {key: list(values) for key, values in SAMPLE["t3"].items()}
T2 = {key: list(values) for key, values in SAMPLE["t2"].items()}
T4 = {key: list(values) for key, values in SAMPLE["t4"].items()}
N = None
T3_2019 = {
    "new_received": [821, 35, N, N, 2, 1, 859],
    "carried_in": [18, N, N, N, N, N, 18],
    "granted_full": [258, 12, N, N, 1, 1, N],
    "granted_partial": [3, N, N, N, N, N, N],
    "denied_state_secret": [14, N, N, N, N, N, N],
    "denied_internal_affairs": [5, N, N, N, N, N, N],
    "denied_deliberative": [3, 1, N, N, N, N, N],
    "denied_admin_query": [10, 2, N, N, N, N, N],
    "unable_not_held": [252, 12, N, N, 1, N, N],
    "unable_must_create": [44, 3, N, N, N, N, N],
    "unable_unclear": [25, N, N, N, N, N, N],
    "unprocessed_petition": [148, 1, N, N, N, N, N],
    "unprocessed_duplicate": [5, 4, N, N, N, N, N],
    "processed_total": [767, 35, N, N, 2, 1, 805],
    "carried_out": [72, N, N, N, N, N, 72],
}
for key, _, _ in SIX:
    T3_2019.setdefault(key, [N] * 7)
T2_2019 = {
    "rules": [13, 13, 524],
    "normative_documents": [60, 60, 368],
    "licensing": [0, "+2", 0],
    "other_services": [0, 0, 0],
    "penalty": [0, "减4", 0],
    "coercion": [0, 0, 0],
    "admin_fees": [0, 0],
    "central_procurement": [6, "251000元"],
}
T4_2019 = {"review": [5, N, N, 2, 7], "suit_direct": [8, N, N, 1, 9], "suit_after_review": [N] * 5}

TITLE = "某市民政局2024年政府信息公开工作年度报告"
TITLE_2019 = "某市民政局2019年政府信息公开工作年度报告"
PREAMBLE = "本报告按照《中华人民共和国政府信息公开条例》第五十条的规定编制，所列数据的统计期限自当年1月1日起至12月31日止。"
TEXTS = {
    "s1": "一年来，我局把公开作为常态，把答复群众申请作为本分，各项工作平稳有序。全年共受理政府信息公开申请9件，均已按期答复。",
    "s5": "公开内容的更新还不够及时。下一步将按月检查栏目，到期未更新的逐条督促，并在年底前完成一次全面清理。",
    "s6": "本年度没有收取政府信息公开信息处理费，发出收费通知0件。",
}
HEADS = {
    "s1": "一、总体情况",
    "s2": "二、主动公开政府信息情况",
    "s3": "三、收到和处理政府信息公开申请情况",
    "s4": "四、政府信息公开行政复议、行政诉讼情况",
    "s5": "五、存在的主要问题及改进情况",
    "s6": "六、其他需要报告的事项",
}


class Grid:
    """Boxes by row and column, with spans: what every writer is given."""

    def __init__(self):
        self.boxes = {}  # (row, col) -> value
        self.spans = []  # row, col, rows, cols
        self.row = 0

    def put(self, col, value, rows=1, cols=1):
        self.boxes[self.row, col] = value
        if rows > 1 or cols > 1:
            self.spans.append((self.row, col, rows, cols))

    def next(self, rows=1):
        self.row += rows

    @property
    def width(self):
        ends = [col + 1 for _, col in self.boxes] + [col + cols for _, col, _, cols in self.spans]
        return max(ends)

    @property
    def height(self):
        ends = [row + 1 for row, _ in self.boxes] + [row + rows for row, _, rows, _ in self.spans]
        return max(ends)

    def rows(self):
        return [[self.boxes.get((r, c)) for c in range(self.width)] for r in range(self.height)]


def table2(grid, t2):
    def block(title, heads, rows, width):
        grid.put(0, title, cols=4)
        grid.next()
        grid.put(0, "信息内容")
        for at, head in enumerate(heads):
            grid.put(1 + at * width, head, cols=width)
        grid.next()
        for label, values in rows:
            grid.put(0, label)
            for at, value in enumerate(values):
                grid.put(1 + at * width, value, cols=width)
            grid.next()

    if "in_force" in t2 or "other_services" not in t2:
        block("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"],
              [("规章", t2["rules"]), ("行政规范性文件", t2["normative_documents"])], 1)
        block("第二十条第（五）项", ["本年处理决定数量"], [("行政许可", t2["licensing"])], 3)
        block("第二十条第（六）项", ["本年处理决定数量"],
              [("行政处罚", t2["penalty"]), ("行政强制", t2["coercion"])], 3)
        block("第二十条第（八）项", ["本年收费金额（单位：万元）"],
              [("行政事业性收费", [float(t2["admin_fees"][0])])], 3)
        return
    items = ["上一年项目数量", "本年增/减", "处理决定数量"]
    block("第二十条第（一）项", ["本年新\n制作数量", "本年新\n公开数量", "对外公开总数量"],
          [("规章", t2["rules"]), ("规范性文件", t2["normative_documents"])], 1)
    block("第二十条第（五）项", items,
          [("行政许可", t2["licensing"]), ("其他对外管理服务事项", t2["other_services"])], 1)
    block("第二十条第（六）项", items,
          [("行政处罚", t2["penalty"]), ("行政强制", t2["coercion"])], 1)
    block("第二十条第（八）项", items[:2], [("行政事业性收费", t2["admin_fees"])], 1)
    block("第二十条第（九）项", ["采购项目数量", "采购总金额"],
          [("政府集中采购", t2["central_procurement"])], 1)


def heads3(grid, kinds=KINDS):
    grid.put(0, CORNER, rows=3, cols=3)
    grid.put(3, "申请人情况", cols=7)
    grid.next()
    grid.put(3, kinds[0], rows=2)
    grid.put(4, "法人或其他组织", cols=5)
    grid.put(9, kinds[6], rows=2)
    grid.next()
    for at, kind in enumerate(kinds[1:6]):
        grid.put(4 + at, kind if len(kind) > 4 or kind == "其他" else kind[:2] + "\n" + kind[2:])
    grid.next()


def table3(grid, t3, rows=ROWS, change=None, kinds=KINDS):
    """`change(key, values)` gives the values to print, or None to leave the row out."""
    heads3(grid, kinds)
    shown = []
    for key, label, group in rows:
        values = list(t3[key])
        for values in (change(key, values) if change else [values]):
            shown.append((label, group, values))
    results = [row for row in shown if row[1] is not None]
    last = None
    for label, group, values in shown:
        if group is None:
            grid.put(0, label, cols=3)
        else:
            if group is results[0][1] and label == results[0][0] and last is None:
                grid.put(0, "三、本年度办理结果", rows=len(results))
            if group == "":
                grid.put(1, label, cols=2)
            else:
                if group != last:
                    grid.put(1, group, rows=sum(1 for row in results if row[1] == group))
                grid.put(2, label)
            last = group
        for at, value in enumerate(values):
            if value is not None:
                grid.put(3 + at, value)
        grid.next()


def table4(grid, t4):
    grid.put(0, "行政复议", cols=5)
    grid.put(5, "行政诉讼", cols=10)
    grid.next()
    for at, outcome in enumerate(OUTCOMES):
        grid.put(at, outcome, rows=2)
    grid.put(5, "未经复议直接起诉", cols=5)
    grid.put(10, "复议后起诉", cols=5)
    grid.next()
    for at in range(10):
        grid.put(5 + at, OUTCOMES[at % 5])
    grid.next()
    for at, value in enumerate(t4["review"] + t4["suit_direct"] + t4["suit_after_review"]):
        if value is not None:
            grid.put(at, value)
    grid.next()


def sheet(name, fill):
    grid = Grid()
    fill(grid)
    return name, grid


def three(t2=T2, t3=T3, t4=T4, rows=ROWS, change=None, kinds=KINDS):
    return [
        sheet("表二", lambda g: table2(g, t2)),
        sheet("表三", lambda g: table3(g, t3, rows, change, kinds)),
        sheet("表四", lambda g: table4(g, t4)),
    ]


def whole(title=TITLE, t2=T2, t3=T3, t4=T4, rows=ROWS):
    """A report on one sheet: sentences in the first column."""
    grid = Grid()
    for text in [title, PREAMBLE]:
        grid.put(0, text, cols=10)
        grid.next()
    tables = {"s2": lambda: table2(grid, t2), "s3": lambda: table3(grid, t3, rows), "s4": lambda: table4(grid, t4)}
    for key, head in HEADS.items():
        grid.put(0, head, cols=10)
        grid.next()
        if key in TEXTS:
            grid.put(0, TEXTS[key], cols=10)
            grid.next()
        else:
            tables[key]()
            grid.next()
    return [("报告", grid)]


# ---- writers


def xlsx(name, sheets, after=None):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, grid in sheets:
        page = book.create_sheet(title)
        for (row, col), value in grid.boxes.items():
            page.cell(row + 1, col + 1, value)
        for row, col, rows, cols in grid.spans:
            page.merge_cells(start_row=row + 1, start_column=col + 1, end_row=row + rows, end_column=col + cols)
    if after:
        after(book)
    path = os.path.join(HERE, name)
    book.save(path)
    # Equal bytes each time.
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path + "~", "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(part, (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    os.replace(path + "~", path)


def xls(name, sheets):
    book = xlwt.Workbook(encoding="utf-8")
    for title, grid in sheets:
        page = book.add_sheet(title)
        covered = {(row, col): (rows, cols) for row, col, rows, cols in grid.spans}
        for (row, col), value in grid.boxes.items():
            if (row, col) in covered:
                rows, cols = covered[row, col]
                page.write_merge(row, row + rows - 1, col, col + cols - 1, value)
            else:
                page.write(row, col, value)
    book.save(os.path.join(HERE, name))


def ods(name, sheets):
    book = opendocument.OpenDocumentSpreadsheet()
    for title, grid in sheets:
        page = odf_table.Table(name=title)
        spans = {(row, col): (rows, cols) for row, col, rows, cols in grid.spans}
        covered = set()
        for row, col, rows, cols in grid.spans:
            covered |= {(r, c) for r in range(row, row + rows) for c in range(col, col + cols)} - {(row, col)}
        for r in range(grid.height):
            line = odf_table.TableRow()
            c = 0
            while c < grid.width:
                if (r, c) in covered:
                    line.addElement(odf_table.CoveredTableCell())
                    c += 1
                    continue
                value = grid.boxes.get((r, c))
                if value is None:
                    # Programs write a run of blank cells once.
                    run = 1
                    while (r, c + run) not in covered and c + run < grid.width and grid.boxes.get((r, c + run)) is None:
                        run += 1
                    line.addElement(odf_table.TableCell(numbercolumnsrepeated=run))
                    c += run
                    continue
                attrs = {}
                if (r, c) in spans:
                    attrs = {"numberrowsspanned": spans[r, c][0], "numbercolumnsspanned": spans[r, c][1]}
                if isinstance(value, (int, float)):
                    attrs |= {"valuetype": "float", "value": value}
                cell = odf_table.TableCell(**attrs)
                for text in str(value).split("\n"):
                    cell.addElement(odf_text.P(text=text))
                line.addElement(cell)
                c += 1
            page.addElement(line)
        # What programs write behind the last row: the rest of the sheet.
        rest = odf_table.TableRow(numberrowsrepeated=1048000)
        rest.addElement(odf_table.TableCell(numbercolumnsrepeated=16384))
        page.addElement(rest)
        book.spreadsheet.addElement(page)
    book.save(os.path.join(HERE, name))


def values(name, sheets, delimiter=",", encoding="utf-8"):
    with open(os.path.join(HERE, name), "w", encoding=encoding, newline="") as file:
        out = csv.writer(file, delimiter=delimiter)
        for _, grid in sheets:
            for row in grid.rows():
                out.writerow(["" if value is None else value for value in row])


# ---- documents of the blank form

def boxes(grid):
    """Rows of (text, rows, columns); None where a box from above goes on, with its columns."""
    spans = {(row, col): (rows, cols) for row, col, rows, cols in grid.spans}
    held = {}
    for row in range(grid.height):
        out, col = [], 0
        while col < grid.width:
            if held.get(col, (0, 0))[0] > 0:
                left, cols = held[col]
                held[col] = left - 1, cols
                out.append((None, 1, cols))
            else:
                rows, cols = spans.get((row, col), (1, 1))
                value = grid.boxes.get((row, col))
                out.append(("" if value is None else str(value), rows, cols))
                held[col] = rows - 1, cols
            col += cols
        yield out


def blank_html(name, parts):
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += f"<p>{part}</p>\n"
            continue
        rows = ["".join(f'<td rowspan="{r}" colspan="{c}">{t}</td>' for t, r, c in row if t is not None) for row in boxes(part)]
        text += "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n"
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write(f'<html><head><meta charset="utf-8"></head><body>{text}</body></html>\n')


def blank_text(name, parts):
    lines = []
    for part in parts:
        lines += [part] if isinstance(part, str) else ["\t".join(t or "" for t, _, _ in row) for row in boxes(part)]
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def blank_docx(name, parts):
    para = lambda text: f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" if text else "<w:p/>"
    def cell(text, rows, cols):
        merge = "<w:vMerge/>" if text is None else '<w:vMerge w:val="restart"/>' if rows > 1 else ""
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{cols}"/>{merge}</w:tcPr>{para(text)}</w:tc>'
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += para(part)
            continue
        rows = ["".join(cell(*box) for box in row) for row in boxes(part)]
        body += "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>" + para("")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(os.path.join(HERE, name), "w") as archive:
        info = zipfile.ZipInfo("word/document.xml", (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')


# ---- pages

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
WIDTHS = {4: [120, 110, 110, 110], 10: [54, 70, 140] + [34] * 7, 15: [33] * 15}


class Pdf:
    def __init__(self, name, size=A4, turn=0, encrypt=None):
        self.out = canvas.Canvas(os.path.join(HERE, name), pagesize=size, encrypt=encrypt, invariant=1)
        self.size, self.turn = size, turn
        self.page = 1
        self.begin()

    def begin(self):
        width, height = self.size
        if self.turn:
            # Drawn lying, shown upright.
            self.out.setPageRotation(90)
            self.out.translate(self.size[0], 0)
            self.out.rotate(90)
            width, height = height, width
        self.y = height - 60
        self.left = 60
        self.right = width - 60

    def next_page(self):
        self.out.setFont("STSong-Light", 9)
        self.out.drawCentredString((self.left + self.right) / 2, 30, f"— {self.page} —")
        self.page += 1
        self.out.showPage()
        self.begin()

    def words(self, text, size=10.5, indent=2):
        line = "　" * indent
        for char in text:
            if pdfmetrics.stringWidth(line + char, "STSong-Light", size) > self.right - self.left:
                self.say(line, size)
                line = ""
            line += char
        self.say(line, size)

    def say(self, line, size=10.5, x=None):
        if self.y < 70:
            self.next_page()
        self.out.setFont("STSong-Light", size)
        self.out.drawString(self.left if x is None else x, self.y, line)
        self.y -= size * 1.7

    def table(self, grid, heads=0, ruled=True, height=18, skip=()):
        widths = WIDTHS[grid.width]
        xs = [self.left + sum(widths[:at]) for at in range(grid.width + 1)]
        spans = {(row, col): (rows, cols) for row, col, rows, cols in grid.spans}
        covered = set()
        for row, col, rows, cols in grid.spans:
            covered |= {(r, c) for r in range(row, row + rows) for c in range(col, col + cols)} - {(row, col)}
        tall = []
        for r in range(grid.height):
            need = height
            for c in range(grid.width):
                rows, cols = spans.get((r, c), (1, 1))
                value = grid.boxes.get((r, c))
                if value is not None and rows == 1:
                    need = max(need, 12 * len(self.wrap(str(value), xs[c + cols] - xs[c] - 4)) + 6)
            tall.append(need)
        r = 0
        while r < grid.height:
            fits, used = r, 0
            while fits < grid.height and self.y - used - tall[fits] > 60:
                used += tall[fits]
                fits += 1
            if fits == r:
                self.next_page()
                continue
            self.part(grid, xs, tall, spans, covered, r, fits, ruled, skip)
            r = fits
            if r < grid.height:
                self.next_page()
                if heads:
                    self.part(grid, xs, tall, spans, covered, 0, heads, ruled, skip)
        self.y -= 16

    def wrap(self, text, width, size=9):
        lines = [""]
        for char in text:
            if char == "\n" or pdfmetrics.stringWidth(lines[-1] + char, "STSong-Light", size) > width:
                lines.append("")
            if char != "\n":
                lines[-1] += char
        return lines

    def part(self, grid, xs, tall, spans, covered, first, end, ruled, skip):
        top = {first: self.y}
        for r in range(first, end):
            top[r + 1] = top[r] - tall[r]
        for r in range(first, end):
            for c in range(grid.width):
                start, rows, cols = r, 1, 1
                if (r, c) in covered:
                    # A box that began on the page before goes on at the top of this one.
                    over = [(a, b) for (a, b), (h, w) in spans.items() if a < first == r and a + h > r and b == c]
                    if not over:
                        continue
                    start, (rows, cols) = over[0][0], spans[over[0]]
                elif (r, c) in spans:
                    rows, cols = spans[r, c]
                low = min(start + rows, end)
                box = xs[c], top[low], xs[c + cols] - xs[c], top[r] - top[low]
                if ruled:
                    self.out.setLineWidth(0.5)
                    self.out.rect(*box)
                value = grid.boxes.get((start, c))
                if value is None or start != r or (r, c) in skip:
                    continue
                lines = self.wrap(str(value), box[2] - 4)
                self.out.setFont("STSong-Light", 9)
                y = box[1] + box[3] / 2 + 6 * len(lines) - 9
                for line in lines:
                    if c >= 3 or grid.width == 15:
                        self.out.drawCentredString(box[0] + box[2] / 2, y, line)
                    else:
                        self.out.drawString(box[0] + 2, y, line)
                    y -= 12
        self.y = top[end]

    def save(self):
        self.out.setFont("STSong-Light", 9)
        self.out.drawCentredString((self.left + self.right) / 2, 30, f"— {self.page} —")
        self.out.save()


def pdf(name, title=TITLE, sheets=None, heads=3, ruled=True, **how):
    page = Pdf(name, **how)
    page.say(title, 16)
    page.words(PREAMBLE)
    tables = dict(zip(["s2", "s3", "s4"], sheets or three()))
    for key, head in HEADS.items():
        page.say(head, 12, page.left + 24)
        if key in TEXTS:
            page.words(TEXTS[key])
        else:
            page.table(tables[key][1], heads if key == "s3" else 0, ruled)
    page.save()


def lock(name, password):
    """ruled.pdf with passwords: one to open it (or none), another to change it."""
    out = pypdf.PdfWriter(clone_from=os.path.join(HERE, "ruled.pdf"))
    out.encrypt(password, "owner", algorithm="RC4-128")
    out.write(os.path.join(HERE, name))


def scan(name):
    path = os.path.join(HERE, "scan.png")
    Image.new("L", (200, 280), 230).save(path)
    out = canvas.Canvas(os.path.join(HERE, name), pagesize=A4, invariant=1)
    for _ in range(2):
        out.drawImage(path, 0, 0, *A4)
        out.showPage()
    out.save()
    os.remove(path)


# ---- what is expected

EXPECTED = {}


def expect(name, form="2021", t2=T2, t3=T3, t4=T4, notes=(), unplaced=0, title=None, refused=None, uncertain=0):
    EXPECTED[name] = {
        "form": form, "t2": t2, "t3": t3, "t4": t4,
        "notes": notes if notes is None else list(notes), "unplaced": unplaced, "title": title, "refused": refused, "uncertain": uncertain,
    }


def damaged(name, change, notes, t3=None, unplaced=0, uncertain=0, kinds=KINDS):
    xlsx(name, three(change=change, kinds=kinds))
    expect(name, t3=t3 or T3, notes=notes, unplaced=unplaced, uncertain=uncertain)


def only(key, make):
    return lambda at, values: make(values) if at == key else [values]


def main():
    for name in ["three.xlsx", "three.xls", "three.ods"]:
        {"xlsx": xlsx, "xls": xls, "ods": ods}[name.split(".")[1]](name, three())
        expect(name)
    for name in ["whole.xlsx", "whole.ods"]:
        {"xlsx": xlsx, "ods": ods}[name.split(".")[1]](name, whole())
        expect(name, title=TITLE)
    values("whole.csv", whole(), encoding="utf-8-sig")
    expect("whole.csv", title=TITLE)
    values("semicolon-gbk.csv", three(), ";", "gb18030")
    expect("semicolon-gbk.csv")
    values("quotes.tsv", three(), "\t", "utf-16")
    expect("quotes.tsv")
    # A row taken out under boxes that still span it: the last one stands one further.
    stale = dict(T3, granted_full=[N] * 7)
    values("stale.csv", three(change=only("granted_full", lambda values: [])))
    path = os.path.join(HERE, "stale.csv")
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read().replace("四、结转下年度", ",四、结转下年度")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    expect("stale.csv", t3=stale, notes=["没有找到 1 行：(一)予以公开"], uncertain=0)
    matrix = Grid()
    for key, _, _ in ROWS:
        for at, value in enumerate(T3[key]):
            matrix.put(at, value)
        matrix.next()
    values("numbers.csv", [("", matrix)])
    expect("numbers.csv", t2=None, t4=None, notes=["line 1 column A: 表三有 25 行没有行名"])

    # The form of 2019.
    old = dict(t2=T2_2019, t3=T3_2019, t4=T4_2019, rows=SIX)
    asked = dict(form="2019", t2=T2_2019, t3=T3_2019, t4=T4_2019)
    xlsx("form-2019.xlsx", three(**old))
    expect("form-2019.xlsx", **asked)
    values("form-2019.csv", whole(TITLE_2019, **old))
    expect("form-2019.csv", title=TITLE_2019, **asked)
    pdf("form-2019.pdf", TITLE_2019, three(**old))
    expect("form-2019.pdf", title=TITLE_2019, **asked)
    # As it is handed out: nothing filled in.
    nothing = [{key: [N] * len(row) for key, row in of.items()} for of in (T2_2019, T3_2019, T4_2019)]
    tables = dict(zip(["s2", "s3", "s4"], three(*nothing, rows=SIX)))
    parts = ["某市某局政府信息公开工作年度报告"]
    for key, head in HEADS.items():
        parts += [head] + ([tables[key][1]] if key in tables else [])
    for name, make in [("blank-2019.html", blank_html), ("blank-2019.txt", blank_text), ("blank-2019.docx", blank_docx)]:
        make(name, parts)
        expect(name, "2019", *nothing, notes=["没有找到表四的数"])
    six = {("other_misc" if key == "other_all" else key): row for key, row in T3.items()
           if key not in ("other_not_corrected", "other_fee_unpaid")}
    shown = dict(six, other_all=[0, 0, 0, 0, 0, 0, 0])
    xlsx("six-in-one.xlsx", three(t3=shown, rows=SIX))
    expect("six-in-one.xlsx", t3=six, notes=["只印了一行"])

    # Numbers as they are typed, formulas, dates, hidden sheets.
    def typed(book):
        page = book["表三"]
        row = {page.cell(r, 3).value or page.cell(r, 2).value or page.cell(r, 1).value: r for r in range(1, 29)}
        first = row["一、本年新收政府信息公开申请数量"]
        for at, text in enumerate(["７", "1 件", "/", " \u3000", "—", "l", "9"]):
            page.cell(first, 4 + at, text)
        page.cell(row["（七）总计"], 10, "=SUM(D27:I27)")
        page.cell(row["四、结转下年度继续办理"], 4, datetime.date(2024, 1, 2))
        copy = book.copy_worksheet(page)
        copy.title = "去年"
        copy.sheet_state = "hidden"
        copy.cell(first, 4, 99)

    quirks = dict(T3, new_received=[7, 1, 0, N, 0, 1, 9])
    xlsx("quirks.xlsx", three(), typed)
    expect("quirks.xlsx", t3=quirks, uncertain=2,
           notes=["sheet 表三 row 27 column J: 单元格里是公式", "sheet 去年: 工作表【去年】是隐藏的"])

    # Two bodies in one file: the fuller one stands second and lacks what the other has.
    def of_body(title, *fills):
        def fill(grid):
            grid.put(0, title, cols=10)
            for make, values in fills:
                grid.next()
                make(grid, values)
        return fill

    other = {key: [value + 1 for value in row] for key, row in T3.items()}
    nothing = {key: [N] * len(row) for key, row in T2.items()}
    for name, fills in [("two-bodies.xlsx", [(table2, T2), (table3, other)]), ("two-bodies-apart.xlsx", [(table2, T2)])]:
        xlsx(name, [
            sheet("财政局", of_body(TITLE.replace("民政", "财政"), *fills)),
            sheet("民政局", of_body(TITLE, (table3, T3), (table4, T4))),
        ])
        expect(name, title=TITLE, t2=nothing, notes=["只读了【民政局】，没有读【财政局】"])

    # Damage.
    damaged("dropped.xlsx", only("denied_admin_query", lambda values: []),
            ["没有找到 1 行：(三)8 行政查询事项"], uncertain=2 + 5)
    damaged("doubled.xlsx", only("unable_not_held", lambda values: [values, values]), ["出现两次，数相同"])
    damaged("doubled-other.xlsx", only("unable_not_held", lambda values: [values, [3, 0, 0, 0, 0, 0, 3]]),
            ["出现两次，数不同"], unplaced=1)
    shifted = dict(T3, denied_internal_affairs=[N] * 7)
    damaged("shifted.xlsx", only("denied_internal_affairs", lambda values: [[N] + values]),
            ["的数没有对着列名"], t3=shifted, unplaced=1)
    damaged("extra-column.xlsx", lambda key, values: [values[:1] + [N] + values[1:]],
            ["第 2 个数的位置多出一个空列"])
    nototal = {key: row[:6] + [N] for key, row in T3.items()}
    grid = Grid()
    table3(grid, nototal)
    del grid.boxes[1, 9]
    grid.spans = [span for span in grid.spans if span[:2] not in ((1, 9), (0, 3))]
    xlsx("no-totals.xlsx", [three()[0], ("表三", grid), three()[2]])
    expect("no-totals.xlsx", t3=nototal, notes=["缺了列【总计】"])

    # Pages.
    pdf("ruled.pdf", size=(A4[0], 560))
    expect("ruled.pdf", title=TITLE)
    pdf("turned.pdf", turn=90, size=landscape(A4))
    expect("turned.pdf", title=TITLE)
    pdf("unruled.pdf", ruled=False)
    expect("unruled.pdf", title=TITLE)
    pdf("unruled-2019.pdf", TITLE_2019, three(**old), ruled=False)
    # Without lines the heads say where a blank box is.
    expect("unruled-2019.pdf", title=TITLE_2019, notes=None, **asked)
    # Zeros left out, heads on the first page only, numbers that nearly touch.
    bare = {key: [value or N for value in row] for key, row in T3.items()}
    bare["new_received"] = ["11305件", "10042件", N, N, N, "1件", "21348件"]
    results = {key: [value or N for value in row] for key, row in T4.items()}
    pdf("unruled-blank.pdf", sheets=three(t3=bare, t4=results), heads=0, ruled=False)
    expect("unruled-blank.pdf", title=TITLE, t3=bare, t4=results, notes=None)
    lock("locked.pdf", "secret")
    expect("locked.pdf", refused="密码")
    lock("owner.pdf", "")
    expect("owner.pdf", title=TITLE)
    # The library encrypts the name of the character collection: nobody can read it.
    pdf("nameless.pdf", encrypt=StandardEncryption("", ownerPassword="owner"))
    expect("nameless.pdf", refused="不是字")
    scan("scan.pdf")
    expect("scan.pdf", refused="扫描")
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf8") as file:
        json.dump(EXPECTED, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
