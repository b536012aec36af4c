const YEAR_S = 365 * 24 * 3600;

/**
 * Choice of light or dark: radio buttons or a select named `theme` with the values `light`, `dark` and `` (as the device).
 *
 * The choice is a cookie, so the server writes `data-theme` into the page and nothing flashes.
 */
export function mount(root: HTMLElement): void {
  root.hidden = false;
  const now = document.documentElement.dataset.theme ?? "";
  for (const radio of root.querySelectorAll<HTMLInputElement>('input[name="theme"]')) radio.checked = radio.value === now;
  const select = root.querySelector<HTMLSelectElement>('select[name="theme"]');
  if (select) select.value = now;
  root.addEventListener("change", (event) => {
    const chosen = (event.target as HTMLInputElement | HTMLSelectElement).value;
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    document.cookie = `theme=${chosen}; path=/; max-age=${chosen ? YEAR_S : 0}; samesite=lax`;
    document.dispatchEvent(new CustomEvent("theme-change"));
  });
}
