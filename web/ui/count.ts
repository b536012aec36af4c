/**
 * Says how many characters a text field has used: `<p data-mount="count" data-for="id" data-max="1200"
 * data-text="{n} of {max} characters">`. The number is in the reader's notation; the line is read out only when the
 * field is nearly full, so that typing is not talked over.
 */
export function mount(root: HTMLElement): void {
  const field = document.getElementById(root.dataset.for ?? "") as HTMLTextAreaElement | HTMLInputElement | null;
  if (!field) throw new Error(`count: no field #${root.dataset.for}`);
  const max = Number(root.dataset.max);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const show = (): void => {
    // What the server counts: characters, not UTF-16 units, and one for each line end.
    const n = [...field.value.replace(/\r\n?/g, "\n")].length;
    root.textContent = (root.dataset.text ?? "{n} / {max}").replace("{n}", number.format(n)).replace("{max}", number.format(max));
    root.setAttribute("aria-live", n > max * 0.9 ? "polite" : "off");
    if (n > max) root.dataset.tone = "plum";
    else delete root.dataset.tone;
  };
  field.addEventListener("input", show);
  show();
}
