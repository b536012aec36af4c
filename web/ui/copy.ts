import { toast } from "./toast";

/** `<button data-mount="copy" data-copy="text">` or `data-copy-from="id"`; `data-done` is what is said afterwards. */
export function mount(root: HTMLElement): void {
  root.hidden = false;
  root.addEventListener("click", () => {
    const source = document.getElementById(root.dataset.copyFrom ?? "");
    const text = root.dataset.copy ?? (source instanceof HTMLInputElement ? source.value : source?.textContent) ?? "";
    void navigator.clipboard.writeText(text.trim()).then(() => toast(root.dataset.done ?? ""));
  });
}
