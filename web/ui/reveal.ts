/** `<button data-mount="reveal" data-for="id">`: shows what is typed in a covered field, and covers it again before it is sent. */
export function mount(button: HTMLElement): void {
  const field = document.getElementById(button.dataset.for ?? "");
  if (!(field instanceof HTMLInputElement)) throw new Error("a reveal button without its field");
  const [icons, words] = [button.querySelectorAll<SVGElement>("svg"), button.querySelector("span")!];
  const shown = (yes: boolean): void => {
    field.type = yes ? "text" : "password";
    words.textContent = (yes ? button.dataset.hide : button.dataset.show) ?? "";
    icons.forEach((icon, at) => icon.toggleAttribute("hidden", (at === 1) !== yes));
  };
  shown(false);
  button.classList.remove("is-waiting");
  button.addEventListener("click", () => {
    shown(field.type === "password");
    field.focus();
  });
  // A browser offers to remember what it sees in a field of this kind; and nobody looks over a shoulder for longer than needed.
  field.form?.addEventListener("submit", () => shown(false));
}
