#!/usr/bin/env python3
"""Makes the fixtures of tests/readers.rs: `python3 tests/make_readers.py`.

The figures and the prose are those of the sample that the program carries
(src/format/sample.json); the tables are laid out as the official form prints
them. Each fixture is one shape or one damage met in the wild; what is to be
read of it stands in tests/readers.rs. Equal input gives equal bytes.
"""
import base64
import io
import json
import pathlib
import quopri
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
OUT = HERE / "data" / "readers"
SAMPLE = json.loads((HERE.parent / "src/format/sample.json").read_text())
KINDS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
GROUPS = [("（三）不予公开", 8), ("（四）无法提供", 3), ("（五）不予处理", 5), ("（六）其他处理", 3)]
LABELS = [
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1.属于国家秘密", "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息",
    "7.属于行政执法案卷", "8.属于行政查询事项", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确", "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物",
    "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他", "（七）总计",
    "四、结转下年度继续办理",
]


class Box:
    """A box of a table: text (or several lines), columns and rows it spans."""

    def __init__(self, text, cols=1, rows=1, raw=False):
        self.text, self.cols, self.rows, self.raw = str(text), cols, rows, raw


def table2():
    t2 = SAMPLE["t2"]
    rows = [[Box("第二十条第（一）项", 4)], [Box(t) for t in ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]]]
    rows += [[Box("规章")] + [Box(v) for v in t2["rules"]]]
    rows += [[Box("行政规范性文件")] + [Box(v) for v in t2["normative_documents"]]]
    for title, head, lines in [
        ("第二十条第（五）项", "本年处理决定数量", [("行政许可", "licensing")]),
        ("第二十条第（六）项", "本年处理决定数量", [("行政处罚", "penalty"), ("行政强制", "coercion")]),
        ("第二十条第（八）项", "本年收费金额（单位：万元）", [("行政事业性收费", "admin_fees")]),
    ]:
        rows += [[Box(title, 4)], [Box("信息内容"), Box(head, 3)]]
        rows += [[Box(label), Box(t2[key][0], 3)] for label, key in lines]
    return rows


def heads3():
    return [
        [Box(NOTE, 3, 3), Box("申请人情况", 7)],
        [Box("自然人", 1, 2), Box("法人或其他组织", 5), Box("总计", 1, 2)],
        [Box("商业\n企业"), Box("科研\n机构"), Box("社会公益组织"), Box("法律服务机构"), Box("其他")],
    ]


def table3(values=None):
    values = values or list(SAMPLE["t3"].values())
    rows = heads3()
    groups = {4 + sum(n for _, n in GROUPS[:i]): g for i, g in enumerate(GROUPS)}
    for at, (label, row) in enumerate(zip(LABELS, values)):
        boxes = []
        if at == 2:
            boxes.append(Box("三、本年度办理结果", 1, 22))
        if at in groups:
            boxes.append(Box(groups[at][0], 1, groups[at][1]))
        span = 3 if at in (0, 1, 24) else 2 if at in (2, 3, 23) else 1
        boxes.append(Box(label, span))
        rows.append(boxes + [Box("" if v is None else v) for v in row])
    return rows


def row3(rows, at):
    """The boxes of a row of figures, by its number in LABELS."""
    return rows[3 + at]


def table4():
    rows = [[Box("行政复议", 5), Box("行政诉讼", 10)]]
    rows += [[Box(t, 1, 2) for t in OUTCOMES] + [Box("未经复议直接起诉", 5), Box("复议后起诉", 5)]]
    rows += [[Box(t) for t in OUTCOMES * 2]]
    return rows + [[Box(v) for row in SAMPLE["t4"].values() for v in row]]


def document(t2=None, t3=None, t4=None):
    """The report: ("title" | "p", text) and ("table", rows) in order."""
    texts = SAMPLE["texts"]
    body = [("title", SAMPLE["head"]["title"])]
    body += [("p", line) for line in texts["preamble"].split("\n")]
    tables = {"s2": t2 or table2(), "s3": t3 or table3(), "s4": t4 or table4()}
    for key, heading in SAMPLE["headings"]:
        body.append(("p", heading))
        body += [("p", line) for line in texts[key].split("\n") if line]
        if key in tables:
            body.append(("table", tables[key]))
    return body


# ---- HTML

def html_box(box, tag="td"):
    spans = "".join(f' {n}="{v}"' for n, v in [("colspan", box.cols), ("rowspan", box.rows)] if v > 1)
    text = box.text if box.raw else escape(box.text).replace("\n", "<br>")
    return f"<{tag}{spans}><p>{text}</p></{tag}>"


def html_table(rows):
    lines = ["<tr>" + "".join(map(html_box, row)) + "</tr>" for row in rows]
    return "<table border=1><tbody>\n" + "\n".join(lines) + "\n</tbody></table>"


def html(body, around=("", ""), charset="utf-8"):
    parts = []
    for kind, what in body:
        tag = {"title": "h1", "p": "p"}.get(kind)
        parts.append(html_table(what) if kind == "table" else f"<{tag}>{escape(what)}</{tag}>")
    head = f'<html><head><meta charset="{charset}"><title>{SAMPLE["head"]["title"]}_某某网</title></head><body>'
    return f"<!DOCTYPE html>\n{head}\n{around[0]}\n" + "\n".join(parts) + f"\n{around[1]}\n</body></html>\n"


CHROME = (
    '<div class="top"><ul><li><a href="/">首页</a></li><li>政务公开</li><li>2023年报</li></ul>'
    "<script>document.write('<table><tr><td>7</td></tr></table>')</script></div>"
    '<table width="100%"><tr><td><ul><li>机构职能</li><li>其他</li></ul></td><td>'
    "<table><tr><td>索引号</td><td>000/2025-1</td><td>发布日期</td><td>2025-01-15</td></tr></table><div id='zoom'>",
    "<p>附：联系电话见首页</p></div></td></tr></table><div>主办单位：某区人民政府 网站标识码：1100000000</div>"
    "<table><tr><td>1</td><td>2</td><td>3</td></tr></table>",
)

# ---- DOCX

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text, props=""):
    return f'<w:r>{"<w:rPr>" + props + "</w:rPr>" if props else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(inner, props=""):
    return f'<w:p>{"<w:pPr>" + props + "</w:pPr>" if props else ""}{inner}</w:p>'


def docx_cell(text, cols, merge="", raw=False):
    props = (f'<w:gridSpan w:val="{cols}"/>' if cols > 1 else "") + merge
    inner = text if raw else "".join(para(run(line)) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def docx_table(rows, row_props=lambda at: ""):
    held, out = {}, []  # column -> (rows left, columns)
    for at, row in enumerate(rows):
        cells, col, boxes = [], 0, list(row)
        while boxes or col in held:
            if col in held:
                left, cols = held.pop(col)
                cells.append(docx_cell("", cols, "<w:vMerge/>"))
                if left > 1:
                    held[(col, "next")] = (left - 1, cols)
                col += cols
                continue
            box = boxes.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if box.rows > 1 else ""
            cells.append(docx_cell(box.text, box.cols, merge, box.raw))
            if box.rows > 1:
                held[(col, "next")] = (box.rows - 1, box.cols)
            col += box.cols
        held = {key[0] if isinstance(key, tuple) else key: v for key, v in held.items()}
        out.append(f"<w:tr>{row_props(at)}{''.join(cells)}</w:tr>")
    return "<w:tbl><w:tblPr/>" + "".join(out) + "</w:tbl>"


def docx(body, parts=(), raw=None):
    if raw is None:
        raw = ""
        for kind, what in body:
            raw += docx_table(what) if kind == "table" else what if kind == "raw" else para(run(what))
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{raw}<w:sectPr/></w:body></w:document>"
    )
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    return zipped([("[Content_Types].xml", types), ("word/document.xml", document), *parts])


def zipped(parts, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()


# ---- ODT

def odt_table(rows):
    held, out = {}, []
    for row in rows:
        cells, col, boxes, then = "", 0, list(row), {}
        while boxes or col in held:
            if col in held:
                left, cols = held.pop(col)
                cells += f'<table:covered-table-cell table:number-columns-repeated="{cols}"/>'
                if left > 1:
                    then[col] = (left - 1, cols)
                col += cols
                continue
            box = boxes.pop(0)
            spans = f' table:number-columns-spanned="{box.cols}" table:number-rows-spanned="{box.rows}"'
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in box.text.split("\n"))
            cells += f"<table:table-cell{spans if box.cols + box.rows > 2 else ''}>{lines}</table:table-cell>"
            cells += "<table:covered-table-cell/>" * (box.cols - 1)
            if box.rows > 1:
                then[col] = (box.rows - 1, box.cols)
            col += box.cols
        held = then
        out.append(f"<table:table-row>{cells}</table:table-row>")
    head, rest = "".join(out[:3]), "".join(out[3:])
    return f"<table:table><table:table-header-rows>{head}</table:table-header-rows>{rest}</table:table>"


def odt(body, flat=False):
    content = ""
    for kind, what in body:
        if kind == "table":
            content += odt_table(what)
        elif kind == "title":
            content += f'<text:h text:outline-level="1">{escape(what)}</text:h>'
        else:
            content += f"<text:p>{escape(what)}</text:p>"
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ["office", "text", "table", "style", "fo"]
    )
    changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>999</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    body = f"<office:body><office:text>{changes}{content}</office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    if flat:
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document{spaces} office:mimetype="{kind}">{body}</office:document>'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content{spaces}>{body}</office:document-content>'
    return zipped([("mimetype", kind), ("content.xml", text)], stored=("mimetype",))


# ---- the fixtures

def changed(change, rows=None):
    rows = rows or table3()
    change(rows)
    return rows


def put(rows, at, col, text, raw=False):
    """Overwrites the value in a column of a row of figures."""
    row3(rows, at)[col - 7] = Box(text, raw=raw)


def without_totals(rows):
    rows[0][1].cols = 6
    rows[1].pop()
    for row in rows[3:]:
        row.pop()


def one_row_group(rows):
    row = row3(rows, 20)
    del rows[3 + 21 : 3 + 23]
    row[0] = Box("（六）其他处理", 2)
    del row[1]
    for at, value in enumerate([4, 0, 0, 0, 0, 1, 5]):
        row[at - 7] = Box(value)
    row3(rows, 2)[0].rows = 20


def dropped(rows):
    # The groups keep the spans they had.
    del rows[3 + 11]


def columns_swapped(rows):
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    for row in rows[3:]:
        row[-6], row[-5] = row[-5], row[-6]


def extra_column(rows):
    for row in rows[3:]:
        row.insert(len(row) - 6, Box(""))


def no_labels(rows):
    del rows[:3]
    for at, row in enumerate(rows):
        rows[at] = row[-7:]


def odd_values(rows):
    for at, text in enumerate(["１２", "9件", "1,234", "/", "", "见附件", "2\n3"]):
        put(rows, 0, at, text)


def marked_values(rows):
    put(rows, 0, 0, "7<sup>1</sup>", raw=True)
    put(rows, 0, 1, "<s>8</s>1", raw=True)
    put(rows, 0, 2, "0<span style='display: none'>5</span>", raw=True)
    put(rows, 0, 3, "<input type='text' value='0'>", raw=True)
    put(rows, 0, 4, "<table><tr><td>0</td></tr></table>", raw=True)
    put(rows, 0, 5, "&nbsp;\u30001", raw=True)


def merged_values(rows):
    row = row3(rows, 1)
    row[-7:] = [Box("0", 7)]
    row = row3(rows, 5)
    row[-7:] = [Box("0", 5), Box("1"), Box("1")]


def wide(rows):
    """One more blank column on the left, with a blank first value."""
    rows[0].insert(0, Box("", 1, 3))
    rows[3][0] = Box("")
    rows[3].insert(0, Box(""))


def total_first(rows):
    rows[1].insert(0, rows[1].pop())
    for row in rows[3:]:
        row.insert(len(row) - 7, row.pop())


def outcomes_moved(rows):
    rows[2][5], rows[2][6] = rows[2][6], rows[2][5]
    rows[3][10], rows[3][11] = Box(0), Box(0)
    rows[3][12] = Box(4)
    rows[3][14] = Box(4)
    rows[2][7], rows[2][8] = rows[2][8], rows[2][7]


def slipped(rows):
    row = row3(rows, 8)
    row[-7:] = [Box("")] + row[-7:-1]


def blank_left(rows):
    """Zeros left out, as offices do; nothing slipped."""
    for row in rows[3:]:
        for box in row[-7:]:
            if box.text == "0":
                box.text = " \u3000"


def label_lost(rows):
    """The first row of a group without its label, its zeros left out."""
    row = row3(rows, 12)
    row[-8] = Box("")
    row[-7:] = [Box("2")] + [Box("")] * 5 + [Box("2")]


def spread(rows):
    """Blank columns that the heads have too."""
    rows[0][1].cols, rows[1][1].cols = 9, 6
    rows[1].insert(1, Box("", 1, 2))
    rows[2].insert(3, Box(""))
    for row in rows[3:]:
        row.insert(len(row) - 3, Box(""))
        row.insert(len(row) - 7, Box(""))


def laid_out(body):
    """Pages of text as a program lays them out: labels broken around their
    numbers, columns of characters, numbers of pages."""
    out, page = [], 1
    for kind, what in body:
        if kind != "table":
            out.append(what)
            continue
        if len(what) < 20:
            for row in what:
                out.append("".join(box.text.replace("\n", "").ljust(16 if len(row) < 6 else 5) for box in row).rstrip())
            continue
        out += [" " * 8 + "自然人   法人或其他组织".ljust(40) + "总计", " " * 38 + "商业  科研", ""]
        for at, row in enumerate(what[3:]):
            if at in (9, 17):
                out += ["", f"{page:>40}", "\f"]
                page += 1
            label, values = row[-8].text, [box.text for box in row[-7:]]
            pieces = [label[i : i + 16] for i in range(0, len(label), 16)]
            shift = 6 if page == 2 else 8
            for no, piece in enumerate(pieces):
                line = " " * shift + piece
                if no == len(pieces) // 2:
                    line = line.ljust(shift + 20) + "".join(value.rjust(6) for value in values)
                out.append(line)
            out.append("")
    return "\n".join(out).replace("\f\n", "\f")


def boxes_on_lines(body):
    """One box a line; a blank box is an empty line."""
    lines = []
    for kind, what in body:
        lines += [what] if kind != "table" else [box.text.strip(" \u3000").replace("\n", "") for row in what for box in row]
    return "\n".join(lines) + "\n"


def in_reading_order(body):
    """Rows with single spaces, labels broken over lines before their numbers,
    units apart from them, pages counted in between."""
    lines = []
    for kind, what in body:
        if kind != "table":
            lines.append(what)
            continue
        for at, row in enumerate(what):
            texts = [box.text.replace("\n", "") for box in row]
            label, values = texts[:-7], texts[-7:]
            if len(what) < 20 or at < 3:
                lines.append(" ".join(texts))
            elif len(label[-1]) > 20:
                lines += [" ".join(label)[:18], " ".join(label)[18:], " ".join(values)]
            else:
                lines.append(" ".join(label + values))
            if len(what) > 20 and at in (4, 15):
                lines.append(f"- {at // 4} -")
    return "\n".join(lines) + "\n"


def boxes_closed_by_bars(body):
    """One box a line, each closed by a bar."""
    lines = []
    for kind, what in body:
        lines += [what] if kind != "table" else [box.text.replace("\n", "") + " |" for row in what for box in row]
    return "\n".join(lines)


def whole_in_one(body):
    """The whole report as one table of one column, as some offices write it."""
    rows = []
    for kind, what in body:
        if kind == "table":
            rows += what
        else:
            rows.append([Box(what, 10)])
    return [("table", rows)]


def write(name, data):
    (OUT / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def page(name, **tables):
    write(name, html(document(**tables), CHROME))


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    page("chrome.html")
    write("gbk-undeclared.html", html(document(), charset="").encode("gb18030"))
    write("gbk-utf8-inside.html", html(document(), charset="gb2312"))
    write("utf16.html", html(document(), charset="utf-16").encode("utf-16"))
    write("fragment.html", html_table(table3()))
    write("text-around.txt", "三、收到和处理政府信息公开申请情况\n" + html_table(table3()) + "\n四、结束\n")
    write("one-table.html", html(whole_in_one(document())))
    page("dropped-row.html", t3=changed(dropped))
    page("no-totals.html", t3=changed(without_totals))
    page("one-row-group.html", t3=changed(one_row_group))
    page("columns-swapped.html", t3=changed(columns_swapped))
    page("extra-column.html", t3=changed(extra_column))
    page("no-labels.html", t3=changed(no_labels))
    page("total-first.html", t3=changed(total_first))
    page("slipped-row.html", t3=changed(slipped))
    page("blank-zeros.html", t3=changed(blank_left))
    page("table4-moved.html", t4=changed(outcomes_moved, table4()))
    page("odd-values.html", t3=changed(odd_values))
    page("marked-values.html", t3=changed(marked_values))
    page("merged-values.html", t3=changed(merged_values))
    page("label-lost.html", t3=changed(label_lost))
    page("spread-columns.html", t3=changed(spread))
    write("laid-out.txt", laid_out(document()))
    dashes = table3()
    row3(dashes, 1)[-7:] = [Box("-") for _ in range(7)]
    write("closed-by-bars.txt", boxes_closed_by_bars(document(t3=dashes)))
    blanks = changed(blank_left)
    row3(blanks, 12)[-8] = Box("")
    write("blank-lines.txt", boxes_on_lines(document(t3=blanks)))
    units = table3()
    row3(units, 0)[-7:] = [Box(f"{box.text} 件") for box in row3(units, 0)[-7:]]
    write("reading-order.txt", in_reading_order(document(t3=units)))
    lacking = table3()
    row3(lacking, 15)[-7:] = [Box(v) for v in "4 0 0 2 0 6".split()] + [Box("")]
    write("laid-out-lacking.txt", laid_out(document(t3=lacking)))
    # A table of the site in which only one word is also a label.
    months = [["指标", "一月", "二月", "三月", "四月", "五月", "六月", "合计"],
              ["发布信息", "10", "20", "30", "4", "5", "6", "75"], ["其他", "1", "2", "3", "4", "5", "6", "21"]]
    site = html_table([[Box(text) for text in row] for row in months])
    without = table3()
    del without[3 + 20 : 3 + 23]
    write("strangers.html", html(document(t3=without), ("", site)))
    page("table4-16.html", t4=changed(wide, table4()))
    write("huge-spans.html", html(document()).replace('colspan="7"', 'colspan="1000000000"').replace('rowspan="22"', 'rowspan="65534"'))
    write("unclosed.html", html(document()).replace("</td>", "").replace("</tr>", "").replace("</p>", ""))
    lines = "".join(f"<div>{escape(w)}</div>\n" for k, w in document() if k != "table" and not w.startswith("四、"))
    grid = "".join(f"<div>{escape(b.text)}</div>\n" for row in table3()[3:] for b in row)
    write("divs.html", "<html><body>" + lines.replace("<div>五、", grid + "<div>五、") + "</body></html>")
    text = html(document())
    for name, coding, body in [
        ("quoted.mht", "quoted-printable", quopri.encodestring(text.encode()).decode()),
        ("base64.mht", "base64", base64.encodebytes(text.encode()).decode()),
    ]:
        head = "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"--=_x\"\r\n\r\n"
        part = f"----=_x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
        write(name, head + part + body + "\r\n----=_x--\r\n")

    write("plain.docx", docx(document()))
    write("word-97.doc", html(document()))  # a page under another name
    write("dropped-row.docx", docx(document(t3=changed(dropped))))
    write("merged-values.docx", docx(document(t3=changed(merged_values))))
    struck = "<w:strike/>"
    tracked = table3()
    put(tracked, 0, 0, para(
        '<w:del w:id="1"><w:r><w:delText>5</w:delText></w:r></w:del><w:ins w:id="2">' + run("7") + "</w:ins>"), raw=True)
    put(tracked, 0, 1, para(run("8", struck) + run("1")), raw=True)
    put(tracked, 0, 2, para(run("0") + run("2", '<w:vertAlign w:val="superscript"/>')), raw=True)
    put(tracked, 0, 3, para(run("9", "<w:vanish/>") + run("0")), raw=True)
    put(tracked, 0, 4, f'<w:sdt><w:sdtPr/><w:sdtContent>{para(run("0"))}</w:sdtContent></w:sdt>', raw=True)
    put(tracked, 0, 5, docx_table([[Box("1")]]) + para(""), raw=True)
    extra = [Box("8.属于行政查询事项")] + [Box(99) for _ in range(7)]
    tracked.insert(3 + 12, extra)
    deleted = lambda at: "<w:trPr><w:del w:id=\"3\"/></w:trPr>" if at == 3 + 12 else ""
    raw = ""
    for kind, what in document(t3=tracked):
        raw += docx_table(what, deleted if len(what) > 20 else lambda at: "") if kind == "table" else para(run(what))
    # The deleted row lies within merged cells, as Word keeps it.
    write("tracked.docx", docx(None, raw=raw))
    box = lambda inner: (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx><w:txbxContent>" + inner
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" + inner
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    raw = ""
    for kind, what in document():
        inner = docx_table(what) if kind == "table" else para(run(what))
        raw += box(inner) if kind == "table" and len(what) > 20 else inner
    write("text-box.docx", docx(None, raw=raw))
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    raw = ""
    for kind, what in document():
        if kind == "p" and any(what == heading for _, heading in SAMPLE["headings"]):
            raw += para(run(what.split("、", 1)[-1] if what[1] == "、" else what), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
        else:
            raw += docx_table(what) if kind == "table" else para(run(what))
    write("numbered.docx", docx(None, [("word/numbering.xml", numbering)], raw))
    # Table 四 as three small tables under lines that name their rows.
    body = []
    for kind, what in document():
        if kind == "table" and len(what) == 4:
            labels = ["行政复议", "未经复议直接起诉", "复议后起诉"]
            for label, row in zip(labels, SAMPLE["t4"].values()):
                body.append(("p", label))
                body.append(("table", [[Box(t) for t in OUTCOMES], [Box(v) for v in row]]))
        else:
            body.append((kind, what))
    write("small-tables.docx", docx(body))
    write("plain.odt", odt(document()))
    write("flat.fodt", odt(document(), flat=True))
    # A deletion that stays in the text, between marks.
    deleted = odt(document(), flat=True).replace("<text:changed-region>", '<text:changed-region text:id="c1">')
    mark = '<text:change-{0} text:change-id="c1"/>'.format
    write("deleted-inside.fodt", deleted.replace("<text:p>7</text:p>", f'<text:p>{mark("start")}9{mark("end")}7</text:p>'))
    write("dropped-row.odt", odt(document(t3=changed(dropped))))
    md = []
    for kind, what in document():
        if kind != "table":
            md.append(("# " if kind == "title" else "") + what + "\n")
            continue
        if len(what) == 4:
            what = [[Box("项目")] + [Box(t) for t in OUTCOMES]] + [
                [Box(label)] + [Box(v) for v in row]
                for label, row in zip(["行政复议", "未经复议直接起诉", "复议后起诉"], SAMPLE["t4"].values())
            ]
        elif len(what) > 20:
            what = [[Box("项目")] + [Box(t) for t in KINDS]] + [row[-8:] for row in what[3:]]
        lines = ["| " + " | ".join(b.text for b in row) + " |" for row in what]
        md += [lines[0], "|" + "---|" * len(what[0])] + lines[1:] + [""]
    write("tables.md", "\n".join(md))


main()
