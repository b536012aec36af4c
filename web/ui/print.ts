/** `<button type="button" data-mount="print" hidden>`: prints the page. Hidden where there is no script. */
export function mount(root: HTMLElement): void {
  root.hidden = false;
  root.addEventListener("click", () => window.print());
}
