/** Tells the household's clock with the form, so that times can be said as this home's clock shows them. */
export function mount(root: HTMLElement): void {
  const field = root.querySelector<HTMLInputElement>('input[name="timezone"]');
  if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}
