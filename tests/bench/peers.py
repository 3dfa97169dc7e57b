"""Measures how quickly a large report is made, beside Typst and WeasyPrint on the same content in the same run.

    peers.py PROGRAM [ROUNDS]

PROGRAM is `tillproof`, built for speed. The workspace is made through its commands: SAQ D for merchants with a note on
every requirement and three evidence each. What the other two set is read from the report itself, so that nobody writes
more or less. Needs the Python packages `typst` and `weasyprint`, and `pdfdetach` of poppler; `make bench-peers` installs them.
"""

import html
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOTE = (
    "Checked together with the agency on the fourteenth: the setting is as the rule asks, the host has confirmed its part in "
    "writing, and the screenshot shows the page with the date. The next look is due in a quarter; whoever is on duty then "
    "writes down what has changed since. "
)


def make(program: str, file: Path, times: int) -> int:
    """A workspace with `times` the notes and evidence; answers the number of requirements."""
    environment = {key: value for key, value in os.environ.items() if key != "TILLPROOF_PASSPHRASE"}

    def run(*arguments: str, **more) -> str:
        return subprocess.run([program, *arguments], check=True, capture_output=True, text=True, env=environment, **more).stdout

    run("new", str(file), "--name", "Measured", "--locale", "en", "--unencrypted")
    run("assess", str(file), "pci-dss-4.0.1", "--saq", "D-Merchant")
    requirements = json.loads(run("requirements", str(file), "--json"))["requirements"]
    lines = []
    for number, requirement in enumerate(requirements):
        name = requirement["id"]
        answer = {"requirement": name, "verdict": "in-place", "note": NOTE * times}
        lines.append({"command": "answer_requirement", "request": answer})
        for piece in range(3 * times):
            # Text of its own each, as base64 of letters is.
            paste = {"requirements": [name], "name": f"proof {number}-{piece}.txt", "base64": f"{number:06}{piece:06}"}
            lines.append({"command": "paste_evidence", "request": paste})
    run("rpc", str(file), input="".join(json.dumps(line) + "\n" for line in lines))
    return len(requirements)


def measure(arguments: list[str]) -> tuple[float, float]:
    """Seconds of the whole process, and its peak of memory in MiB."""
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - begun
    if status != 0:
        raise SystemExit(f"{arguments[0]} failed")
    return taken, usage.ru_maxrss / 1024


def escaped(text: str) -> str:
    return "".join("\\" + one if one in "\\#$*_`<>@[]=-+/~'\"" else one for one in str(text)).replace("\n", " \\\n")


def as_typst(report: dict) -> str:
    out = ['#set page("a4", margin: 22mm, numbering: "1 / 1")\n#set text(size: 10pt, lang: "en")\n#outline()\n']
    for assessment in report["assessments"]:
        out.append(f"= {escaped(assessment['framework'])}\n")
        for section in assessment["sections"]:
            out.append(f"== {escaped(section['title'])}\n")
            for one in section["requirements"]:
                out.append(f"=== {escaped(one['number'])} {escaped(one['title'])}\n")
                out.append(f"{escaped(one['question'])}\n\n*{escaped(one['verdict'])}* {escaped(one['answered_at'])} {escaped(one['answered_by'])}\n\n")
                out.append(f"{escaped(one['note'])}\n\n{escaped(', '.join(one['evidence']))}\n\n")
    out.append("= Evidence\n#table(columns: (auto, 2fr, 2fr, auto, 1fr), table.header([No.], [File], [SHA-256], [Collected], [Requirements]),\n")
    for one in report["evidence"]:
        cells = [one["number"], one["name"], one["sha256"][:32] + " " + one["sha256"][32:], one["collected_on"], ", ".join(one["requirements"])]
        out.append("".join(f"[{escaped(cell)}], " for cell in cells) + "\n")
    return "".join(out) + ")\n"


def as_html(report: dict) -> str:
    write = html.escape
    out = ['<!doctype html><html lang="en"><meta charset="utf-8"><title>Report</title><style>@page{size:A4;margin:22mm;@bottom-right{content:counter(page) " / " counter(pages)}}body{font:10pt sans-serif}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;text-align:left;vertical-align:top;overflow-wrap:anywhere}</style>']
    for assessment in report["assessments"]:
        out.append(f"<h1>{write(assessment['framework'])}</h1>")
        for section in assessment["sections"]:
            out.append(f"<h2>{write(section['title'])}</h2>")
            for one in section["requirements"]:
                out.append(f"<h3>{write(one['number'])} {write(one['title'])}</h3><p>{write(one['question'])}</p>")
                out.append(f"<p><b>{write(one['verdict'])}</b> {write(one['answered_at'] or '')} {write(one['answered_by'])}</p>")
                out.append(f"<p>{write(one['note'])}</p><p>{write(', '.join(one['evidence']))}</p>")
    out.append("<h1>Evidence</h1><table><thead><tr><th>No.<th>File<th>SHA-256<th>Collected<th>Requirements</thead>")
    for one in report["evidence"]:
        cells = [one["number"], one["name"], one["sha256"], one["collected_on"], ", ".join(one["requirements"])]
        out.append("<tr>" + "".join(f"<td>{write(cell)}" for cell in cells))
    return "".join(out) + "</table></html>"


def main() -> None:
    program = str(Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    folder = Path(tempfile.mkdtemp())
    try:
        figures: dict[str, list[tuple[float, float]]] = {}

        def note(name: str, arguments: list[str]) -> None:
            figures.setdefault(name, []).append(measure(arguments))

        once, tenfold = folder / "once.tillproof", folder / "tenfold.tillproof"
        count = make(program, once, 1)
        make(program, tenfold, 10)
        report = [program, "report", str(once), "-o", str(folder / "once.pdf")]
        subprocess.run(report, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["pdfdetach", "-save", "1", "-o", str(folder / "report.json"), str(folder / "once.pdf")], check=True)
        data = json.loads((folder / "report.json").read_text())
        (folder / "report.typ").write_text(as_typst(data))
        (folder / "report.html").write_text(as_html(data))
        typst = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
        weasy = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
        for number in range(rounds):
            note("Tillproof", report)
            note("Typst", [sys.executable, "-c", typst, str(folder / "report.typ"), str(folder / "typst.pdf")])
            # The slowest by far is measured once.
            if number == 0:
                note("WeasyPrint", [sys.executable, "-c", weasy, str(folder / "report.html"), str(folder / "weasy.pdf")])
            note("Tillproof, ten times the content", [program, "report", str(tenfold), "-o", str(folder / "tenfold.pdf")])
        print(f"SAQ D for merchants: {count} requirements with notes, {len(data['evidence'])} evidence; median of {rounds}")
        seconds = {}
        for name, taken in figures.items():
            seconds[name] = statistics.median(time for time, _ in taken)
            print(f"{name:34} {seconds[name]:8.3f} s   {max(memory for _, memory in taken):6.0f} MiB")
        own = seconds["Tillproof"]
        for peer, wanted in (("Typst", 3), ("WeasyPrint", 60)):
            print(f"{peer:34} takes {seconds[peer] / own:6.1f} times as long (wanted: {wanted})")
        tenfold_ratio = seconds["Tillproof, ten times the content"] / own
        print(f"ten times the content              takes {tenfold_ratio:6.1f} times as long (wanted: at most 11)")
        for name in ("once", "tenfold", "typst", "weasy"):
            pdf = folder / f"{name}.pdf"
            pages = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
            pages = next((line.split()[1] for line in pages.splitlines() if line.startswith("Pages")), "?")
            print(f"{name}.pdf: {pages} pages, {pdf.stat().st_size // 1000} kB")
    finally:
        shutil.rmtree(folder)


main()
