/**
 * A one-page PDF of plain lines, written here so that what stands on it never leaves the browser.
 *
 * Lines in the letters of Western Europe are text in the fonts that every reader has. A line with any other letter is
 * drawn by the browser, with whatever fonts the device has, and stands in the page as a picture.
 */

export interface Line {
  text: string;
  /** Points. */
  size: number;
  font: "text" | "bold" | "mono";
  /** Space above the line, in points. */
  above?: number;
}

/** A line as a JPEG; sizes in pixels. */
export interface Drawn {
  jpeg: Uint8Array;
  width: number;
  height: number;
}

const FONTS = { text: ["F1", "Helvetica"], bold: ["F2", "Helvetica-Bold"], mono: ["F3", "Courier-Bold"] } as const;
const WIDTH = 612; // US Letter
const HEIGHT = 792;
const LEFT = 72;
const TOP = 720;
const LEADING = 1.45;
const PIXELS_A_POINT = 4;
// What WinAnsi (Windows-1252) has beside Latin-1.
const WIN_ANSI = new Map(
  Object.entries({ "€": 0x80, "‚": 0x82, "„": 0x84, "…": 0x85, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "–": 0x96, "—": 0x97 }),
);

/** Lines from the top of the page; longer ones are broken at spaces after about 80 characters of 11 points. */
export async function pdfOf(lines: Line[], title: string, draw = drawnHere): Promise<Blob> {
  const drawn: string[] = [];
  const pictures: Drawn[] = [];
  let y = TOP;
  for (const line of lines.flatMap(broken)) {
    y -= line.size * LEADING + (line.above ?? 0);
    const text = winAnsi(line.text);
    if (text !== null) {
      drawn.push(`BT /${FONTS[line.font][0]} ${line.size} Tf ${LEFT} ${y.toFixed(1)} Td (${escaped(text)}) Tj ET`);
      continue;
    }
    const picture = await draw(line);
    const [wide, high] = [picture.width / PIXELS_A_POINT, picture.height / PIXELS_A_POINT];
    // The picture's foot is below the line the letters stand on.
    const foot = y - (high - line.size);
    drawn.push(`q ${wide.toFixed(1)} 0 0 ${high.toFixed(1)} ${LEFT} ${foot.toFixed(1)} cm /P${pictures.length} Do Q`);
    pictures.push(picture);
  }
  return new Blob([bytes(written(drawn.join("\n"), pictures, title))], { type: "application/pdf" });
}

function written(stream: string, pictures: Drawn[], title: string): string {
  const fonts = Object.values(FONTS);
  const first = 5 + fonts.length;
  const named = pictures.map((_picture, at) => `/P${at} ${first + at} 0 R`).join(" ");
  const resources = `<< /Font << ${fonts.map(([name], at) => `/${name} ${at + 5} 0 R`).join(" ")} >> /XObject << ${named} >> >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Contents 4 0 R /Resources ${resources} >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    ...fonts.map(([, base]) => `<< /Type /Font /Subtype /Type1 /BaseFont /${base} /Encoding /WinAnsiEncoding >>`),
    ...pictures.map(pictureObject),
    `<< /Title <${utf16(title)}> >>`,
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
  return body + xref + trailer;
}

function pictureObject({ jpeg, width, height }: Drawn): string {
  const about = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB`;
  let data = "";
  for (const byte of jpeg) data += String.fromCharCode(byte);
  return `<< ${about} /BitsPerComponent 8 /Filter /DCTDecode /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

async function drawnHere(line: Line): Promise<Drawn> {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d")!;
  const family = line.font === "mono" ? "monospace" : "sans-serif";
  const font = `${line.font === "text" ? "" : "bold "}${line.size * PIXELS_A_POINT}px ${family}`;
  context.font = font;
  canvas.width = Math.ceil(Math.min(context.measureText(line.text).width, (WIDTH - 2 * LEFT) * PIXELS_A_POINT));
  canvas.height = Math.ceil(line.size * LEADING * PIXELS_A_POINT);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.font = font; // a canvas forgets it when its size is set
  context.fillText(line.text, 0, line.size * PIXELS_A_POINT, canvas.width);
  const blob = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("nothing was drawn"))), "image/jpeg", 0.92);
  });
  return { jpeg: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height };
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

/** The text in the bytes of the standard fonts, or null if they lack one of its letters. */
function winAnsi(text: string): string | null {
  const codes = Array.from(text.normalize("NFC"), (letter) => WIN_ANSI.get(letter) ?? letter.codePointAt(0)!);
  const known = (code: number): boolean => (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff);
  const fits = codes.every((code) => known(code) || [...WIN_ANSI.values()].includes(code));
  return fits ? String.fromCharCode(...codes) : null;
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, "\\$&");
}

/** Hexadecimal of UTF-16 with its mark, which a PDF's title may be in. */
function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_each, at) => text.charCodeAt(at));
  return ["feff", ...units.map((unit) => unit.toString(16).padStart(4, "0"))].join("");
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
