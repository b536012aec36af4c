/** A one-page PDF of plain lines, written here so that what stands on it never leaves the browser. */

export interface Line {
  text: string;
  /** Points. */
  size: number;
  font: "text" | "bold" | "mono";
  /** Space above the line, in points. */
  above?: number;
}

const FONTS = { text: ["F1", "Helvetica"], bold: ["F2", "Helvetica-Bold"], mono: ["F3", "Courier-Bold"] } as const;
const WIDTH = 612; // US Letter
const HEIGHT = 792;
const LEFT = 72;
const TOP = 720;

/** Lines from the top of the page; longer ones are broken at spaces after about 80 characters of 11 points. */
export function pdfOf(lines: Line[], title: string): Blob {
  const drawn: string[] = [];
  let y = TOP;
  for (const line of lines.flatMap(broken)) {
    y -= line.size * 1.45 + (line.above ?? 0);
    drawn.push(`BT /${FONTS[line.font][0]} ${line.size} Tf ${LEFT} ${y.toFixed(1)} Td (${escaped(line.text)}) Tj ET`);
  }
  const stream = drawn.join("\n");
  const fonts = Object.values(FONTS);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents 4 0 R /Resources << /Font << ${fonts.map(([name], at) => `/${name} ${at + 5} 0 R`).join(" ")} >> >> >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    ...fonts.map(([, base]) => `<< /Type /Font /Subtype /Type1 /BaseFont /${base} /Encoding /WinAnsiEncoding >>`),
    `<< /Title (${escaped(title)}) >>`,
  ];
  let body = "%PDF-1.4\n";
  const starts = objects.map((object, at) => {
    const start = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new Blob([bytes(body + xref + trailer)], { type: "application/pdf" });
}

function broken(line: Line): Line[] {
  const most = Math.floor((line.font === "mono" ? 70 : 84) * (11 / line.size));
  const rows: string[] = [];
  let row = "";
  for (const word of line.text.split(" ")) {
    if (row !== "" && row.length + 1 + word.length > most) {
      rows.push(row);
      row = word;
    } else {
      row = row === "" ? word : `${row} ${word}`;
    }
  }
  rows.push(row);
  return rows.map((text, at) => ({ ...line, text, above: at === 0 ? (line.above ?? 0) : 0 }));
}

/** Latin-1, which the standard fonts know; anything else becomes a question mark. */
function escaped(text: string): string {
  const plain = text.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\u2013|\u2014/g, "-");
  return plain.replace(/[^\x20-\x7e\xa0-\xff]/g, "?").replace(/[\\()]/g, "\\$&");
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
